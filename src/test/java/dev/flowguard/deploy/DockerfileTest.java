package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images: the parts that the manifests rely on. They are not built here. */
class DockerfileTest {
    private static final Pattern USER = Pattern.compile("^USER ([0-9]+)$", Pattern.MULTILINE);
    private static final Pattern CACHE_MADE = Pattern.compile("-XX:AOTCacheOutput=(/\\S+)");
    private static final Pattern CACHE_USED = Pattern.compile("-XX:AOTCache=(/[^\"]+)");
    private static final Pattern JAR = Pattern.compile("-jar (/[^\\s\\]]+)");
    private static final Installation INSTALLATION = Installation.of("default");

    @DisplayName("runs as a numbered user, exposes the ports of the Deployment, and starts with its arguments:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native-micro"})
    void fitsTheDeployment(String name) throws IOException {
        String file = Files.readString(Path.of("src/main/docker", name));
        String image = file.substring(file.lastIndexOf("\nFROM "));
        assertThat(Integer.parseInt(first(USER, image))).as("runAsNonRoot").isPositive();
        List<String> ports = INSTALLATION.container().get("ports").findValuesAsText("containerPort");
        assertThat(file).contains("EXPOSE " + String.join(" ", ports) + "\n");
        assertThat(file)
                .contains("CMD [\""
                        + String.join(
                                "\", \"", Yaml.texts(INSTALLATION.container().get("args"))) + "\"]");
    }

    @DisplayName("the cache of the JVM is trained with the jar that uses it, and on files that the build may see")
    @Test
    void trainsTheCacheThatItUses() throws IOException {
        String file = Files.readString(Path.of("src/main/docker/Dockerfile.jvm"));
        String training = file.substring(file.indexOf("AS training"), file.lastIndexOf("FROM program"));
        String start = file.substring(file.indexOf("ENTRYPOINT"));
        assertThat(first(CACHE_MADE, training)).isEqualTo(first(CACHE_USED, start));
        assertThat(file).contains("COPY --from=training --chown=185:0 " + first(CACHE_USED, start) + " ");
        // A cache is for one class path: that of the jar, under the name by which it is started.
        assertThat(first(JAR, training))
                .isEqualTo(first(JAR, start.replace("\"", "").replace(",", "")));
        // And for one layout of objects.
        assertThat(training).contains("-XX:+UseCompactObjectHeaders ");
        assertThat(start).contains("\"-XX:+UseCompactObjectHeaders\"");
        assertThat(training).contains("COPY deploy/demo/ ").contains("serve --manifests /tmp/demo;");
        assertThat(Files.readString(Path.of(".dockerignore"))).contains("\n!deploy/demo/*.yaml\n");
    }

    @DisplayName("what the JVM says about itself is kept from standard output")
    @Test
    void keepsStandardOutputForTheProgram() throws IOException {
        assertThat(Files.readString(Path.of("src/main/docker/Dockerfile.jvm")))
                .contains("\"-Xlog:disable\", \"-Xlog:all=warning:stderr\"");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
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
