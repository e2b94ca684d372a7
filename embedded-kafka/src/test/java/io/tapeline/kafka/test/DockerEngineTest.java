package io.tapeline.kafka.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
    @TempDir private Path temp;

    @Test
    void isNotLookedForWhereNothingSpeaksOfOne() {
        assertThat(DockerEngine.mayBeThere(Map.of(), temp, "Linux", temp)).isFalse();
    }

    @Test
    void isLookedForWhereTheEnvironmentNamesOne() {
        assertThat(
                        DockerEngine.mayBeThere(
                                Map.of("DOCKER_HOST", "tcp://build:2375"), temp, "Linux", temp))
                .isTrue();
    }

    @Test
    void isLookedForWhereASocketLies() throws Exception {
        Files.createDirectories(temp.resolve("var/run"));
        Files.createFile(temp.resolve("var/run/docker.sock"));

        assertThat(DockerEngine.mayBeThere(Map.of(), temp.resolve("home"), "Linux", temp)).isTrue();
    }
}
