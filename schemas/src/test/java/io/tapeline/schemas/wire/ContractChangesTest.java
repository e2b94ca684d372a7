package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ContractChangesTest {

    private static final FileDescriptorProto RELEASED =
            FileDescriptorProto.newBuilder()
                    .setName("sample.proto")
                    .setPackage("sample")
                    .setSyntax("proto3")
                    .addMessageType(
                            DescriptorProto.newBuilder()
                                    .setName("Sample")
                                    .addField(field("price", 1, Type.TYPE_SINT64))
                                    .addField(field("text", 2, Type.TYPE_STRING))
                                    .addField(field("left", 3, Type.TYPE_INT64).setOneofIndex(0))
                                    .addOneofDecl(OneofDescriptorProto.newBuilder().setName("kind"))
                                    .addReservedRange(
                                            DescriptorProto.ReservedRange.newBuilder()
                                                    .setStart(7)
                                                    .setEnd(8)))
                    .addEnumType(
                            EnumDescriptorProto.newBuilder()
                                    .setName("State")
                                    .addValue(value("OPEN", 0))
                                    .addValue(value("DONE", 1)))
                    .build();

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(type);
    }

    private static EnumValueDescriptorProto.Builder value(String name, int number) {
        return EnumValueDescriptorProto.newBuilder().setName(name).setNumber(number);
    }

    private static List<String> changes(Consumer<FileDescriptorProto.Builder> change) {
        FileDescriptorProto.Builder now = RELEASED.toBuilder();
        change.accept(now);
        return ContractChanges.between(set(RELEASED), set(now.build()));
    }

    private static FileDescriptorSet set(FileDescriptorProto file) {
        return FileDescriptorSet.newBuilder().addFile(file).build();
    }

    /** The sample's message. */
    private static DescriptorProto.Builder sample(FileDescriptorProto.Builder file) {
        return file.getMessageTypeBuilder(0);
    }

    @Test
    void whatIsAddedIsNoChange() {
        assertThat(
                        changes(file -> {
                            sample(file).addField(field("more", 4, Type.TYPE_DOUBLE));
                            file.getEnumTypeBuilder(0).addValue(value("HALF", 2));
                            file.addMessageType(DescriptorProto.newBuilder().setName("Other"));
                        }))
                .isEmpty();
    }

    @Test
    void aFieldThatIsRemovedIsToldOf() {
        assertThat(changes(file -> sample(file).removeField(1)))
                .containsExactly("Sample.text (2) is gone");
    }

    @Test
    void aFieldThatIsRenumberedIsToldOf() {
        assertThat(changes(file -> sample(file).getFieldBuilder(1).setNumber(5)))
                .containsExactly("Sample.text (2) is gone");
    }

    @Test
    void aNumberThatIsGivenToAnotherFieldIsToldOf() {
        assertThat(changes(file -> sample(file).getFieldBuilder(1).setName("note")))
                .containsExactly("Sample.text (2): name was text, is note");
    }

    /** Both are varints, and the same bytes would be another number. */
    @Test
    void aFieldThatIsRetypedIsToldOf() {
        assertThat(changes(file -> sample(file).getFieldBuilder(0).setType(Type.TYPE_INT64)))
                .containsExactly("Sample.price (1): type was TYPE_SINT64, is TYPE_INT64");
    }

    @Test
    void aFieldThatBecomesRepeatedOrOptionalOrLeavesItsOneofIsToldOf() {
        assertThat(
                        changes(file -> {
                            sample(file).getFieldBuilder(0).setLabel(Label.LABEL_REPEATED);
                            sample(file).getFieldBuilder(1).setProto3Optional(true);
                            sample(file).getFieldBuilder(2).clearOneofIndex();
                        }))
                .containsExactly(
                        "Sample.price (1): label was LABEL_OPTIONAL, is LABEL_REPEATED",
                        "Sample.text (2): presence was false, is true",
                        "Sample.left (3): oneof was kind, is none");
    }

    @Test
    void aReservedNumberThatIsUsedIsToldOf() {
        assertThat(changes(file -> sample(file).addField(field("back", 7, Type.TYPE_STRING))))
                .containsExactly("Sample.back uses the reserved number 7");
    }

    @Test
    void anEnumsValueThatIsRemovedOrRenumberedIsToldOf() {
        assertThat(
                        changes(file -> {
                            file.getEnumTypeBuilder(0).getValueBuilder(0).setNumber(2);
                            file.getEnumTypeBuilder(0).removeValue(1);
                        }))
                .containsExactly(
                        "enum State: OPEN: number was 0, is 2", "enum State: DONE is gone");
    }

    @Test
    void aMessageAnEnumOrAPackageThatIsGoneIsToldOf() {
        assertThat(
                        changes(file -> {
                            file.setPackage("other");
                            file.removeMessageType(0);
                            file.removeEnumType(0);
                        }))
                .containsExactly(
                        "sample.proto: package was sample, is other",
                        "message Sample is gone",
                        "enum State is gone");
        assertThat(ContractChanges.between(set(RELEASED), FileDescriptorSet.getDefaultInstance()))
                .containsExactly("sample.proto is gone");
    }
}
