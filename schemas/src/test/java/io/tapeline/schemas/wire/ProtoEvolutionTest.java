package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tapeline.schemas.proto.Market;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Consumers hold copies of {@code market.proto}: fields and enum values are only ever added. What
 * has been published is listed in a file; a field that is renumbered, retyped, renamed or removed
 * is missing from the list that the build makes.
 */
class ProtoEvolutionTest {

    private static final String PUBLISHED = "/golden/v1/market.fields";

    @Test
    void whatWasPublishedIsStillThere() throws IOException {
        assertThat(present())
                .as("fields of market.proto: one of those published has changed")
                .containsAll(published());
    }

    @Test
    void whatIsNewIsListedToo() throws IOException {
        assertThat(published())
                .as("%s: add the new fields, so that they are kept from now on", PUBLISHED)
                .containsAll(present());
    }

    private static List<String> published() throws IOException {
        try (InputStream in = ProtoEvolutionTest.class.getResourceAsStream(PUBLISHED)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<String> present() {
        List<String> lines = new ArrayList<>();
        for (Descriptor message : Market.getDescriptor().getMessageTypes()) {
            for (FieldDescriptor field : message.getFields()) {
                lines.add(message.getName() + " " + line(field));
            }
        }
        for (EnumDescriptor type : Market.getDescriptor().getEnumTypes()) {
            type.getValues()
                    .forEach(value ->
                            lines.add(
                                    type.getName()
                                            + " "
                                            + value.getNumber()
                                            + " "
                                            + value.getName()));
        }
        return lines;
    }

    private static String line(FieldDescriptor field) {
        String type =
                switch (field.getType()) {
                    case MESSAGE -> field.getMessageType().getName();
                    case ENUM -> field.getEnumType().getName();
                    default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
                };
        String label =
                field.isRepeated()
                        ? "repeated "
                        : field.getRealContainingOneof() != null
                                ? "oneof "
                                : field.hasPresence()
                                                && field.getType() != FieldDescriptor.Type.MESSAGE
                                        ? "optional "
                                        : "";
        return field.getNumber() + " " + label + type + " " + field.getName();
    }
}
