import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * {@code java Dependencies.java write|check BOM LICENCES PAGE}: the page of all libraries of a bill of materials
 * (CycloneDX, XML) with their licences. Exit status 1: one has no allowed licence, or the page is another.
 */
final class Dependencies {

    private static final String OURS = "io.tapeline";

    /** A library. */
    private record Component(String group, String name, String version, Set<String> licences) {

        String id() {
            return group + ":" + name;
        }
    }

    private Dependencies() {}

    public static void main(String[] arguments)
            throws IOException, ParserConfigurationException, SAXException {
        boolean write = arguments[0].equals("write");
        Path page = Path.of(arguments[3]);
        Set<String> allowed = allowed(Path.of(arguments[2]));
        TreeMap<String, Component> components = components(Path.of(arguments[1]));
        List<String> refused =
                components.values().stream()
                        .filter(component -> component.licences().stream().noneMatch(allowed::contains))
                        .map(component -> component.id() + " " + component.version() + ": " + component.licences())
                        .toList();
        String text = page(components, allowed);
        if (write) {
            Files.writeString(page, text);
        }
        if (!refused.isEmpty()) {
            System.err.println("no licence that " + arguments[2] + " allows:\n  " + String.join("\n  ", refused));
        }
        boolean same = Files.exists(page) && Files.readString(page).equals(text);
        if (!same) {
            System.err.println(page + " is not what is shipped; write it anew: ops/release/dependencies write");
        }
        System.out.println(components.size() + " libraries");
        System.exit(refused.isEmpty() && same ? 0 : 1);
    }

    private static Set<String> allowed(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    private static TreeMap<String, Component> components(Path bom)
            throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder().parse(bom.toFile()).getDocumentElement();
        TreeMap<String, Component> components = new TreeMap<>();
        // Not those of the metadata, which name the tool that made the bill.
        for (Element list : children(root, "components")) {
            for (Element element : children(list, "component")) {
                String group = text(element, "group");
                if (!group.equals(OURS)) {
                    Component component =
                            new Component(
                                    group,
                                    text(element, "name"),
                                    text(element, "version"),
                                    licences(element));
                    components.put(component.id() + ":" + component.version(), component);
                }
            }
        }
        return components;
    }

    private static String text(Element parent, String child) {
        for (Element each : children(parent, child)) {
            return each.getTextContent().strip();
        }
        return "";
    }

    private static Set<String> licences(Element component) {
        Set<String> licences = new TreeSet<>();
        for (Element list : children(component, "licenses")) {
            for (Element licence : children(list, "license")) {
                String id = text(licence, "id");
                licences.add(id.isEmpty() ? text(licence, "name") : id);
            }
            for (Element expression : children(list, "expression")) {
                licences.add(expression.getTextContent().strip());
            }
        }
        return licences;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    private static String page(TreeMap<String, Component> components, Set<String> allowed) {
        TreeMap<String, Long> counts = new TreeMap<>();
        components.values().forEach(component -> counts.merge(under(component, allowed), 1L, Long::sum));
        StringBuilder page =
                new StringBuilder(
                        """
                        # Dependencies

                        Every library that is shipped with Tapeline, with its licences: made by `ops/release/dependencies write` of the bill of materials
                        (CycloneDX). The build fails where this page and the libraries of the standalone differ, and where one has no licence that
                        [ops/release/licences](../ops/release/licences) allows. Beside these, as a file: lightweight-charts, Apache-2.0 ([charts](decisions/charts.md)).

                        | taken under | libraries |
                        |---|---:|
                        """);
        counts.forEach((licence, count) -> page.append("| ").append(licence).append(" | ").append(count).append(" |\n"));
        page.append("\n| library | version | licences |\n|---|---|---|\n");
        components.values().forEach(component ->
                page.append("| `")
                        .append(component.id())
                        .append("` | ")
                        .append(component.version())
                        .append(" | ")
                        .append(String.join(", ", component.licences()).replace("|", "\\|"))
                        .append(" |\n"));
        return page.toString();
    }

    /** The first that is allowed, by name. */
    private static String under(Component component, Set<String> allowed) {
        return component.licences().stream().filter(allowed::contains).findFirst().orElse("**none allowed**");
    }
}
