package dev.flowguard.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The files of the page")
class PageFilesTest {
    private static final Path SOURCES = Path.of("src/main/resources/META-INF/resources/view");

    private final PageFiles files = new PageFiles();

    private String text(String name) {
        return new String(files.find(name).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("are all in a native executable, and no file of a library that is not used is")
    void inNativeExecutable() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        List<String> included = List.of(
                properties.getProperty("quarkus.native.resources.includes").split(","));
        assertThat(files.resources())
                .allSatisfy(resource -> assertThat(included)
                        .anyMatch(pattern -> matcher(pattern).matches(Path.of(resource))));
        assertThat(included.stream().filter(pattern -> pattern.contains("webjars")))
                .isSubsetOf(files.resources());
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    @Test
    @DisplayName("are all that they ask for: each import, link and script leads to one of them")
    void whatTheyAskFor() {
        TreeSet<String> asked = new TreeSet<>();
        files.names().stream()
                .filter(name -> !name.startsWith("lib/"))
                .forEach(name -> asked(text(name)).forEach(asked::add));
        assertThat(asked).contains("main.js", "lib/cytoscape.js", "lib/fcose.js", "page.css", "icon.svg");
        assertThat(files.names()).containsAll(asked);
    }

    private static Stream<String> asked(String text) {
        return Stream.concat(
                found("(?:from|import) '\\./([^']+)'|(?:href|src)=\"([\\w./-]+)\"", text),
                found("\\['(layout-base)', '(cose-base)', '(fcose)'\\]", text).map(name -> "lib/" + name + ".js"));
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().flatMap(PageFilesTest::groups);
    }

    private static Stream<String> groups(MatchResult result) {
        return Stream.iterate(1, group -> group <= result.groupCount(), group -> group + 1)
                .map(result::group)
                .filter(group -> group != null);
    }

    @Test
    @DisplayName("are all that there are: none lies there unused")
    void noneUnused() throws IOException {
        try (Stream<Path> list = Files.list(SOURCES)) {
            assertThat(list.map(file -> "META-INF/resources/view/" + file.getFileName()))
                    .isSubsetOf(files.resources());
        }
    }

    @Test
    @DisplayName("name nothing that is elsewhere, and run no text as a program")
    void nothingFromElsewhere() {
        assertThat(files.names())
                .filteredOn(name -> !name.startsWith("lib/"))
                .allSatisfy(name -> assertThat(text(name)
                                .replace("http://www.w3.org/2000/svg", "")
                                .replace("xmlns", ""))
                        .as(name)
                        .doesNotContain(
                                "http://", "https://", "innerHTML", "insertAdjacentHTML", "eval(", "document.write"));
    }
}
