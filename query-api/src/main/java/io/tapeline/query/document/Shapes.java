package io.tapeline.query.document;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What answers are made of: every component of a record is there, and is null only where the record
 * says so. Read from the records themselves.
 */
final class Shapes {

    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Class<?>> records = new HashMap<>();

    /**
     * @param answers what operations return; what those are made of is found through them
     */
    Shapes(List<Type> answers) {
        answers.forEach(this::find);
    }

    private void find(Type type) {
        if (type instanceof ParameterizedType of) {
            find(of.getRawType());
            Arrays.stream(of.getActualTypeArguments()).forEach(this::find);
        } else if (type instanceof Class<?> one
                && one.isRecord()
                && records.put(nameOf(one), one) == null) {
            for (RecordComponent component : one.getRecordComponents()) {
                find(component.getGenericType());
            }
        }
    }

    private static String nameOf(Class<?> record) {
        io.swagger.v3.oas.annotations.media.Schema said =
                record.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return said == null || said.name().isEmpty() ? record.getSimpleName() : said.name();
    }

    /**
     * @param absentWhereNull names of shapes whose nulls are left out instead
     */
    void apply(Map<String, Schema> schemas, Set<String> absentWhereNull) {
        schemas.forEach((name, schema) -> {
            Class<?> record = records.get(recordOf(name));
            if (record != null && schema.getProperties() != null) {
                describe(record, (Schema<?>) schema, absentWhereNull.contains(name));
            }
        });
    }

    /** A page of prices is named PagePrice, after both. */
    private String recordOf(String name) {
        return records.containsKey(name) ? name : name.startsWith("Page") ? "Page" : name;
    }

    private static void describe(Class<?> record, Schema<?> schema, boolean absentWhereNull) {
        List<String> required = new ArrayList<>();
        Map<String, Schema> properties = schema.getProperties();
        for (RecordComponent component : record.getRecordComponents()) {
            boolean nullable = isNullable(component.getAnnotatedType());
            if (!nullable || !absentWhereNull) {
                required.add(component.getName());
            }
            Schema<?> property = properties.get(component.getName());
            if (nullable && !absentWhereNull && property != null) {
                properties.put(component.getName(), orNull(property));
            }
        }
        schema.setRequired(required);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            Schema<Object> nothing = new JsonSchema();
            nothing.setTypes(Set.of("null"));
            Schema<Object> either = new JsonSchema();
            either.setAnyOf(List.of(new JsonSchema().$ref(property.get$ref()), nothing));
            return either;
        }
        Set<String> types = new LinkedHashSet<>();
        if (property.getTypes() != null) {
            types.addAll(property.getTypes());
        }
        types.add("null");
        property.setTypes(types);
        return property;
    }

    static Schema<?> reference(String name) {
        return new JsonSchema().$ref(REFERENCE + name);
    }
}
