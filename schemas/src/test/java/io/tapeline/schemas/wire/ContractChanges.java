package io.tapeline.schemas.wire;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of a released contract is no longer as it was, a sentence each. What was added is no change:
 * who has the released contract passes over it. The rules are those of Protobuf for binary
 * messages, and one stricter: names stay too, since programs in every language say them.
 */
final class ContractChanges {

    private final List<String> breaks = new ArrayList<>();

    private ContractChanges() {}

    static List<String> between(FileDescriptorSet released, FileDescriptorSet now) {
        ContractChanges changes = new ContractChanges();
        Map<String, FileDescriptorProto> files =
                byName(now.getFileList(), FileDescriptorProto::getName);
        for (FileDescriptorProto file : released.getFileList()) {
            FileDescriptorProto present = files.get(file.getName());
            if (present == null) {
                changes.breaks.add(file.getName() + " is gone");
            } else {
                changes.file(file, present);
            }
        }
        return List.copyOf(changes.breaks);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }

    private void file(FileDescriptorProto was, FileDescriptorProto is) {
        same(was.getName(), "package", was.getPackage(), is.getPackage());
        same(was.getName(), "syntax", was.getSyntax(), is.getSyntax());
        same(
                was.getName(),
                "java_package",
                was.getOptions().getJavaPackage(),
                is.getOptions().getJavaPackage());
        messages("", was.getMessageTypeList(), is.getMessageTypeList());
        enums("", was.getEnumTypeList(), is.getEnumTypeList());
    }

    private void same(String of, String what, Object was, Object is) {
        if (!was.equals(is)) {
            breaks.add(of + ": " + what + " was " + was + ", is " + is);
        }
    }

    private void messages(String within, List<DescriptorProto> was, List<DescriptorProto> is) {
        Map<String, DescriptorProto> present = byName(is, DescriptorProto::getName);
        for (DescriptorProto message : was) {
            String name = within + message.getName();
            DescriptorProto now = present.get(message.getName());
            if (now == null) {
                breaks.add("message " + name + " is gone");
                continue;
            }
            fields(name, message, now);
            messages(name + ".", message.getNestedTypeList(), now.getNestedTypeList());
            enums(name + ".", message.getEnumTypeList(), now.getEnumTypeList());
        }
    }

    private void fields(String name, DescriptorProto was, DescriptorProto is) {
        Map<Integer, FieldDescriptorProto> present =
                is.getFieldList().stream()
                        .collect(
                                Collectors.toMap(
                                        FieldDescriptorProto::getNumber, Function.identity()));
        for (FieldDescriptorProto field : was.getFieldList()) {
            String place = name + "." + field.getName() + " (" + field.getNumber() + ")";
            FieldDescriptorProto now = present.get(field.getNumber());
            if (now == null) {
                breaks.add(place + " is gone");
                continue;
            }
            same(place, "name", field.getName(), now.getName());
            same(place, "type", type(field), type(now));
            same(place, "label", field.getLabel(), now.getLabel());
            same(place, "presence", field.getProto3Optional(), now.getProto3Optional());
            same(place, "oneof", oneof(was, field), oneof(is, now));
        }
        for (DescriptorProto.ReservedRange range : was.getReservedRangeList()) {
            for (FieldDescriptorProto field : is.getFieldList()) {
                if (field.getNumber() >= range.getStart() && field.getNumber() < range.getEnd()) {
                    breaks.add(
                            name
                                    + "."
                                    + field.getName()
                                    + " uses the reserved number "
                                    + field.getNumber());
                }
            }
        }
    }

    private static String type(FieldDescriptorProto field) {
        return field.getType() + (field.hasTypeName() ? " " + field.getTypeName() : "");
    }

    /** Of a field that is {@code optional} the oneof is made up, and says nothing. */
    private static String oneof(DescriptorProto message, FieldDescriptorProto field) {
        return field.hasOneofIndex() && !field.getProto3Optional()
                ? message.getOneofDecl(field.getOneofIndex()).getName()
                : "none";
    }

    private void enums(String within, List<EnumDescriptorProto> was, List<EnumDescriptorProto> is) {
        Map<String, EnumDescriptorProto> present = byName(is, EnumDescriptorProto::getName);
        for (EnumDescriptorProto type : was) {
            String name = within + type.getName();
            EnumDescriptorProto now = present.get(type.getName());
            if (now == null) {
                breaks.add("enum " + name + " is gone");
                continue;
            }
            Map<String, EnumValueDescriptorProto> values =
                    byName(now.getValueList(), EnumValueDescriptorProto::getName);
            for (EnumValueDescriptorProto value : type.getValueList()) {
                EnumValueDescriptorProto same = values.get(value.getName());
                if (same == null) {
                    breaks.add("enum " + name + ": " + value.getName() + " is gone");
                } else {
                    same(
                            "enum " + name + ": " + value.getName(),
                            "number",
                            value.getNumber(),
                            same.getNumber());
                }
            }
        }
    }
}
