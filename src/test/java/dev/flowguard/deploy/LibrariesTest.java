package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The libraries that read what strangers send: none is older than the version that mended its last known weakness. */
class LibrariesTest {
    private static final Pattern JAR = Pattern.compile("/([a-z][a-zA-Z0-9_-]*?)-([0-9]+(?:\\.[0-9]+)+)[^/]*\\.jar!");
    private static final SortedMap<String, String> VERSIONS = versions();

    @DisplayName("all modules of a family are of one version, and not older than what mended its last known weakness:")
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "quarkus-(core|vertx-http|rest|jackson|tls-registry), 3.33.2",
        "netty-(buffer|codec|codec-http|codec-http2|common|handler|resolver|transport), 4.1.140",
        "vertx-(core|web|web-common|web-client|auth-common|bridge-common|uri-template), 4.5.29",
        "jackson-(core|databind|dataformat-yaml|datatype-jdk8|datatype-jsr310), 2.21.8",
        "bc(pkix|prov|util)-jdk18on, 1.87",
        "snakeyaml-engine, 2.10",
        "snakeyaml, 2.5"
    })
    void isRecent(String modules, String floor) {
        Pattern family = Pattern.compile(modules);
        var found = new TreeMap<>(VERSIONS);
        found.keySet().removeIf(name -> !family.matcher(name).matches());
        // So that the log of a build says what it was built from.
        System.out.println("Libraries: " + found);
        assertThat(found).as("modules %s on the class path", modules).isNotEmpty();
        assertThat(found.values().stream().distinct()).as("%s", found).hasSize(1);
        assertThat(found.firstEntry().getValue()).usingComparator(NUMBERS).isGreaterThanOrEqualTo(floor);
    }

    @DisplayName("OpenSSL is not used: TLS is the JDK's")
    @Test
    void hasNoOpenSsl() {
        assertThat(VERSIONS.keySet()).noneMatch(name -> name.startsWith("netty-tcnative"));
    }

    private static final Comparator<String> NUMBERS = Comparator.comparing(
            (String version) -> Stream.of(version.split("\\.", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray(),
            Arrays::compare);

    /** By name. */
    private static SortedMap<String, String> versions() {
        SortedMap<String, String> versions = new TreeMap<>();
        try {
            ClassLoader loader = LibrariesTest.class.getClassLoader();
            for (URL jar : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                Matcher named = JAR.matcher(jar.toString());
                if (named.find()) {
                    versions.put(named.group(1), named.group(2));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return versions;
    }
}
