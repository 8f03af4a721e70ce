package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.http.PageServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of 3 000 workloads and 21 000 connections")
class LargePageTest {
    /** What is to hold on a machine that does nothing else; tests share theirs. */
    private static final double SHARED = 3;

    @Test
    @DisplayName("is drawn soon, unfolds, moves smoothly and answers while something is typed")
    void fluid(@TempDir Path profile, @TempDir Path folder) throws IOException {
        try (Chromium browser = Chromium.start(profile)) {
            LargeCluster.write(folder);
            try (PageServer server = PageOfDemo.serve(folder.toString())) {
                browser.open(server.address());
                browser.open(server.address());
                assertThat(number(browser, "performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                        .isLessThan(3_000);
                assertThat(number(browser, "performance.getEntriesByName('flowguard-drawn')[0].startTime"))
                        .isLessThan(3_000 * SHARED);
                assertThat(number(browser, "flowguardMap.nodes('.folded').length"))
                        .isEqualTo(LargeCluster.NAMESPACES);

                browser.click("#toolbar button", "Unfold all");
                browser.await("flowguardMap.nodes('.far').length === " + LargeCluster.NAMESPACES);
                double frames = ((Number) browser.answer("""
                        const done = arguments[0];
                        let frames = 0;
                        const start = performance.now();
                        const step = () => {
                          flowguardMap.panBy({x: 2, y: 1});
                          frames++;
                          if (performance.now() - start < 1000) requestAnimationFrame(step);
                          else done(frames);
                        };
                        step();
                        """)).doubleValue();
                assertThat(frames).isGreaterThan(30 / SHARED);

                browser.find("#search-text").sendKeys("team-42/app-3-1\n");
                browser.await("flowguardMap.nodes('.workload').length > 0");

                browser.click("#panel-tabs button", "What if");
                for (int i = 0; i < 5; i++) {
                    browser.find("#what-if-text").clear();
                    browser.find("#what-if-text").sendKeys(LargeCluster.change("team-5", "t9" + i));
                    browser.find("#chips", "1 broken");
                }
                String judged = browser.find("#panel-what-if", "judged in").getText();
                double millis = Double.parseDouble(judged.replaceAll("(?s).*judged in (\\d+) ms.*", "$1"));
                assertThat(millis).isLessThan(200 * SHARED);
                assertThat(
                                number(
                                        browser,
                                        "Math.min(...performance.getEntriesByName('flowguard-answered').map(each => each.duration))"))
                        .as("from the last key to the answer on the map")
                        .isLessThan(200 * SHARED);
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }

    private static double number(Chromium browser, String expression) {
        return ((Number) browser.run("return " + expression)).doubleValue();
    }
}
