package io.tapeline.query.document;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document: what is written here, laid over what is read from the operations. */
public final class ApiDocument {

    private static final String EXAMPLES = "/openapi/examples.json";

    /** Either, or none where the installation has no keys. */
    static final List<SecurityRequirement> KEYS =
            List.of(
                    new SecurityRequirement(),
                    new SecurityRequirement().addList("ApiKey"),
                    new SecurityRequirement().addList("Bearer"));

    private ApiDocument() {}

    /** What it begins with. */
    public static OpenAPI beginning() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Tapeline")
                                .version("v1")
                                .description(
                                        "Live state and history of an exchange's whole tape."
                                            + " Decimals are strings, exact; times are RFC 3339,"
                                            + " UTC; lists are {items, next}, and next is the"
                                            + " cursor of what follows; errors are problem"
                                            + " documents (RFC 9457) that name the parameter and"
                                            + " what is allowed. What comes out of live state says"
                                            + " how far it may be believed: state, ageMs, source.")
                                .license(
                                        new License()
                                                .name("Apache-2.0")
                                                .url(
                                                        "https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("This installation")))
                .tags(
                        List.of(
                                tag("Prices", "Latest rates and recorded ones"),
                                tag("Candles", "Open, high, low, close and volume of a time"),
                                tag("Books", "Order books, and questions about them"),
                                tag("Tickers", "Statistics of the last 24 hours"),
                                tag("Stream", "What changes, as it does"),
                                tag("Instruments", "What is traded"),
                                tag("Collections", "Candles to be fetched into the history"),
                                tag("Gaps", "What was missing, and how whole the history is"),
                                tag("Service", "The installation itself")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "ApiKey",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.HEADER)
                                                .name("X-API-Key"))
                                .addSecuritySchemes(
                                        "Bearer",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    /**
     * @param document as it is read from the operations
     * @param answers what operations return
     */
    public static void complete(OpenAPI document, List<Type> answers, JsonMapper json) {
        Map<String, Object> examples = examples(json);
        Headers.define(document.getComponents());
        new Shapes(answers).apply(document.getComponents().getSchemas(), Set.of("Problem"));
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperations()
                                .forEach(operation -> complete(path, operation, examples)));
    }

    private static void complete(String path, Operation operation, Map<String, Object> examples) {
        ParameterShapes.apply(operation);
        Headers.apply(operation);
        Object example = examples.get(operation.getOperationId());
        if (example != null) {
            operation
                    .getResponses()
                    .forEach((status, response) -> {
                        if (status.startsWith("2") && response.getContent() != null) {
                            response.getContent()
                                    .values()
                                    .forEach(content -> content.setExample(example));
                        }
                    });
        }
        if (operation.getRequestBody() != null) {
            for (MediaType content : operation.getRequestBody().getContent().values()) {
                content.setExample(examples.get(operation.getOperationId() + ".request"));
            }
        }
        Refusals.apply(path, operation);
    }

    private static Map<String, Object> examples(JsonMapper json) {
        try (InputStream in =
                Objects.requireNonNull(ApiDocument.class.getResourceAsStream(EXAMPLES), EXAMPLES)) {
            return json.readValue(in, new TypeReference<Map<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(EXAMPLES, e);
        }
    }
}
