package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/settings.md} is made from the settings' own classes: run with {@code
 * -Dtapeline.write-docs=true} to write it anew.
 */
class SettingsTableTest {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** One setting, as all the parts together describe it. */
    private static final class Setting {
        final TreeSet<String> parts = new TreeSet<>();
        String fallback = "";
        String description = "";
    }

    @Test
    void the_table_of_settings_is_what_the_settings_are() throws IOException {
        Path page = Path.of("..", "docs", "settings.md");
        Map<String, Setting> settings = settings();
        assertThat(settings)
                .as("settings that nobody describes")
                .allSatisfy((name, setting) -> assertThat(setting.description).as(name).isNotEmpty());
        String table = table(settings);
        if (Boolean.getBoolean("tapeline.write-docs")) {
            Files.writeString(page, table);
        }
        assertThat(page).hasContent(table);
    }

    private static Map<String, Setting> settings() throws IOException {
        Map<String, Setting> settings = new TreeMap<>();
        ClassLoader classPath = SettingsTableTest.class.getClassLoader();
        for (URL metadata : Collections.list(classPath.getResources(METADATA))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
                    String name = property.get("name").asString();
                    if (name.startsWith("tapeline.")) {
                        add(settings.computeIfAbsent(name, n -> new Setting()), property);
                    }
                }
            }
        }
        return settings;
    }

    private static void add(Setting setting, JsonNode property) {
        String[] source = property.get("sourceType").asString().split("\\.");
        setting.parts.add(source[2]);
        if (property.has("defaultValue")) {
            JsonNode value = property.get("defaultValue");
            setting.fallback =
                    value.isArray()
                            ? String.join(",", value.valueStream().map(JsonNode::asString).toList())
                            : value.asString().replaceAll("^\\[|]$", "");
        }
        String description = property.path("description").asString("");
        if (description.length() > setting.description.length()) {
            setting.description = description;
        }
    }

    private static String table(Map<String, Setting> settings) {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Settings

                        Made from the sources; a test fails where this page and they differ. Each is a Spring property, and an environment
                        variable. `parts`: who reads it; the standalone runs all of them in one process.

                        | property | environment | default | parts | what it is |
                        |---|---|---|---|---|
                        """);
        settings.forEach((name, setting) ->
                page.append(
                        "| `%s` | `%s` | %s | %s | %s |%n"
                                .formatted(
                                        name,
                                        environment(name),
                                        setting.fallback.isEmpty()
                                                ? ""
                                                : "`" + setting.fallback + "`",
                                        String.join(", ", setting.parts),
                                        plain(setting.description))));
        return page.toString();
    }

    /** Javadoc to Markdown. */
    private static String plain(String description) {
        return description
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([^}]*)}", "$1")
                .replace("|", "\\|");
    }

    private static String environment(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
