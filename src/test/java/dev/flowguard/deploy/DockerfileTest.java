package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images: the parts that the manifests rely on. They are not built here. */
class DockerfileTest {
    private static final Pattern USER = Pattern.compile("^USER ([0-9]+)$", Pattern.MULTILINE);
    private static final Installation INSTALLATION = Installation.of("default");

    @DisplayName("runs as a numbered user, exposes the ports of the Deployment, and starts with its arguments:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native-micro"})
    void fitsTheDeployment(String name) throws IOException {
        String file = Files.readString(Path.of("src/main/docker", name));
        Matcher user = USER.matcher(file);
        assertThat(user.find()).as("runAsNonRoot needs a number").isTrue();
        assertThat(Integer.parseInt(user.group(1))).isPositive();
        List<String> ports = INSTALLATION.container().get("ports").findValuesAsText("containerPort");
        assertThat(file).contains("EXPOSE " + String.join(" ", ports) + "\n");
        assertThat(file)
                .contains("CMD [\""
                        + String.join(
                                "\", \"", Yaml.texts(INSTALLATION.container().get("args"))) + "\"]");
    }

    @DisplayName("has a pinned base, the version of the manifests, and the labels that registries show:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native-micro"})
    void isLabelled(String name) throws IOException {
        String file = Files.readString(Path.of("src/main/docker", name));
        String image = INSTALLATION.container().get("image").asText();
        String version = image.substring(image.lastIndexOf(':') + 1);
        assertThat(file).containsPattern("ARG BASE=\\S+:[0-9.]+\n").doesNotContain("latest");
        assertThat(file).contains("ARG VERSION=" + version + "\n");
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<version>" + version + "(-SNAPSHOT)?</version>");
        for (String label :
                List.of("title", "description", "licenses", "version", "revision", "created", "base.name")) {
            assertThat(file).contains("org.opencontainers.image." + label + "=\"");
        }
    }
}
