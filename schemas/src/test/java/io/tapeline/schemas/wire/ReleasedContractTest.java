package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.tapeline.schemas.proto.Market;
import io.tapeline.schemas.proto.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each release leaves its contract, as a set of Protobuf's descriptors, and every later one must be
 * readable for who has that one: consumers of the topics hold copies of {@code market.proto}, and
 * while services are upgraded one after another both versions of {@code query.proto} speak to each
 * other. Run with {@code -Dtapeline.write-contract=VERSION} to leave this one's.
 */
class ReleasedContractTest {

    private static final Path RELEASED = Path.of("src", "test", "resources", "released");

    private static FileDescriptorSet present() {
        return FileDescriptorSet.newBuilder()
                .addFile(Market.getDescriptor().toProto())
                .addFile(Query.getDescriptor().toProto())
                .build();
    }

    @Test
    void whoHasAReleasedContractReadsWhatIsWrittenNow() throws IOException {
        String version = System.getProperty("tapeline.write-contract", "");
        if (!version.isEmpty()) {
            Files.write(RELEASED.resolve(version + ".desc"), present().toByteArray());
        }
        List<Path> releases;
        try (Stream<Path> files = Files.list(RELEASED)) {
            releases = files.filter(file -> file.toString().endsWith(".desc")).sorted().toList();
        }
        assertThat(releases).as("contracts in %s", RELEASED).isNotEmpty();
        for (Path release : releases) {
            FileDescriptorSet then = FileDescriptorSet.parseFrom(Files.readAllBytes(release));
            assertThat(ContractChanges.between(then, present()))
                    .as("changed since %s", release.getFileName())
                    .isEmpty();
        }
    }
}
