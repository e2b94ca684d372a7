package io.tapeline.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that an installation is made of, and the settings that they may name. */
final class DeployFiles {

    static final Path ROOT = Path.of("..");

    /** Read by the launcher and the images, not by Spring. */
    private static final String JVM_FLAGS = "TAPELINE_JAVA_OPTS";

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** A variable in the images' scripts that stands for a port, with the port that it is else. */
    private static final Pattern PORT = Pattern.compile("\\$\\{(TAPELINE_\\w+):-(\\d+)}");

    private DeployFiles() {}

    static String text(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** All documents of a file. */
    static List<JsonNode> yaml(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(500);
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(reader)) {
                documents.add(JsonMapper.shared().valueToTree(document));
            }
        }
        return documents;
    }

    static List<Path> yamlBelow(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
        }
    }

    /**
     * The default of each setting by the name of its environment variable; maps end with {@code _}.
     */
    static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        ClassLoader classPath = DeployFiles.class.getClassLoader();
        for (URL metadata : Collections.list(classPath.getResources(METADATA))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
                    String name =
                            property.get("name")
                                    .asString()
                                    .toUpperCase(Locale.ROOT)
                                    .replace('.', '_')
                                    .replace('-', '_');
                    boolean map = property.path("type").asString("").startsWith("java.util.Map");
                    settings.merge(
                            map ? name + "_" : name,
                            property.path("defaultValue").asString(""),
                            (one, other) -> one.isEmpty() ? other : one);
                }
            }
        }
        return settings;
    }

    /** Whether a variable that looks like a setting is one. */
    static boolean isSetting(String variable) throws IOException {
        Map<String, String> settings = settings();
        return !variable.startsWith("TAPELINE_")
                || variable.equals(JVM_FLAGS)
                || settings.containsKey(variable)
                || settings.keySet().stream()
                        .anyMatch(known -> known.endsWith("_") && variable.startsWith(known));
    }

    /** The ports at which images ask whether their service is well, by the setting of the port. */
    static Map<String, String> healthPorts() throws IOException {
        Map<String, String> ports = new TreeMap<>();
        Matcher found = PORT.matcher(text("ops/image/service"));
        while (found.find()) {
            ports.put(found.group(1), found.group(2));
        }
        return ports;
    }
}
