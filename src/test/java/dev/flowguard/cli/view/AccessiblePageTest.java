package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.PastDecision;
import dev.flowguard.view.http.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;

@DisplayName("The page, for everybody,")
class AccessiblePageTest extends OpenedPage {
    private static final Path TYPO = Path.of("deploy/demo/changes/06-typo-in-peer.yaml");

    /** Beside a webhook that has decided something; tests change nothing of it. */
    private static PageServer deciding() {
        return pages.of(
                "deciding",
                () -> PageOfDemo.deciding(List.of(
                        new PastDecision(
                                "2026-03-01T10:00:00Z",
                                "ann",
                                "update NetworkPolicy shop/orders-ingress",
                                "Rejected",
                                "BreaksFlow",
                                "breaks 1 declared flow in namespace shop"),
                        new PastDecision(
                                "2026-03-01T09:00:00Z", "bob", "create NetworkPolicy shop/new", "Admitted", "", ""))));
    }

    @BeforeEach
    void open() {
        show(deciding(), "");
    }

    @Test
    @DisplayName("can be used with the keyboard alone: search, walk the map, ask why")
    void keyboard() {
        press("/");
        press("checkout");
        browser.find("#search-results li", "shop/checkout");
        press(Keys.ENTER);
        browser.find("#panel-flows h2", "shop/checkout");
        tabTo("canvas");
        press(Keys.ARROW_RIGHT);
        browser.await("document.getElementById('live').textContent.includes('Flows: ')");
        press("e");
        browser.await("flowguardMap.edges('.at').length === 1");
        press(Keys.ENTER);
        browser.find("#panel-why .verdict", "→");
        tabTo("tab-why");
        press(Keys.ARROW_RIGHT);
        browser.find("#panel-what-if .editor");
        tabTo("what-if-text");
        press("kind: x");
        press(Keys.ESCAPE);
        assertThat(focused().getAttribute("id")).isEqualTo("tab-what-if");
    }

    @Test
    @DisplayName("is the same in dark as in light, in other colours")
    void dark() {
        String structure = "return [document.querySelectorAll('#panel-flows li').length, flowguardMap.nodes().length,"
                + " flowguardMap.edges().length].join()";
        Object light = browser.run(structure);
        String ground = "return getComputedStyle(document.body).backgroundColor";
        String node = "return flowguardMap.nodes('.workload')[0].style('background-color')";
        Object before = browser.run(ground);
        Object nodeBefore = browser.run(node);
        browser.click("#theme", "Dark");
        browser.find("#theme", "Light");
        assertThat(browser.run(structure)).isEqualTo(light);
        assertThat(browser.run(ground)).isNotEqualTo(before);
        assertThat(browser.run(node)).isNotEqualTo(nodeBefore);
    }

    /** The views, and what of each is not on the others; the first is looked at as a whole. */
    private static final Map<String, List<String>> VIEWS = Map.of(
            "view=contracts", List.of("#view-contracts"),
            "view=matrix", List.of("#view-matrix"),
            "view=coverage", List.of("#view-coverage"),
            "view=decisions", List.of("#view-decisions"),
            "panel=why&from=shop/checkout&to=svc/shop/orders&port=80", List.of("#panel"),
            "panel=what-if", List.of("#panel"));

    @Test
    @DisplayName("is accessible in every view, in light and in dark, as far as axe-core can tell")
    void accessible() {
        assertThat(browser.accessibilityProblems()).isEmpty();
        browser.click("#theme", "Dark");
        assertThat(browser.contrastProblems()).isEmpty();
        VIEWS.forEach((view, parts) -> {
            go(view);
            String[] looked = parts.toArray(String[]::new);
            assertThat(browser.contrastProblems(looked)).as(view).isEmpty();
            browser.click("#theme", "Light");
            assertThat(browser.accessibilityProblems(looked)).as(view).isEmpty();
            browser.click("#theme", "Dark");
        });
    }

    /** Waits for what a view asks for. */
    private static void go(String view) {
        browser.go(view);
        browser.await("!location.hash.includes('why') || document.querySelector('#panel-why .sides')");
        browser.await("!location.hash.includes('decisions')"
                + " || document.querySelectorAll('#view-decisions tbody tr').length === 2");
    }

    @Test
    @DisplayName("is accessible too with a change that is refused, its repair, an error, what is found and open menus")
    void accessibleAtWork() throws IOException {
        paste(Files.readString(TYPO));
        browser.find("#trial", "Rejected");
        assertThat(browser.accessibilityProblems("#trial", "#panel", "#canvas", "#legend"))
                .isEmpty();
        browser.click("#panel-what-if .flows button", "shop/checkout → shop/orders");
        browser.find("#panel-why .repair", "What would let it through");
        browser.click("#menu-namespaces summary", "All namespaces");
        browser.click("#menu-show summary", "Show");
        browser.click("#menu-more summary", "More");
        String[] open = {"#panel-why", "#toolbar"};
        assertThat(browser.accessibilityProblems(open)).isEmpty();
        browser.click("#theme", "Dark");
        assertThat(browser.contrastProblems(open)).isEmpty();
        browser.click("#theme", "Light");
        paste("\n  no: [yaml");
        browser.find("#panel-what-if .error");
        browser.find("#search-text").sendKeys("orders");
        browser.find("#search-results li", "shop/orders");
        assertThat(browser.accessibilityProblems("#panel-what-if .error", "#search"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "view=map",
                "view=matrix&ns=payments&panel=why&from=shop/checkout&to=shop/orders&port=8080",
                "view=contracts&state=Broken&panel=what-if",
                "view=coverage",
                "view=decisions"
            })
    @DisplayName(
            "gives the tab key everything that can be used, in the order in which it is read, and lets it out again")
    void focusOrder(String view) {
        go(view);
        List<?> reachable = (List<?>) browser.run(REACHABLE + """
                window.reached = [];
                addEventListener('focusin', event => reached.push(Number(event.target.dataset.order ?? -1)));
                return reachable.map((each, index) => { each.dataset.order = index; return each.outerHTML.slice(0, 90); });
                """);
        press(Keys.TAB.toString().repeat(reachable.size()));
        assertThat((List<?>) browser.run("return reached"))
                .as(reachable.toString())
                .isEqualTo(LongStream.range(0, reachable.size()).boxed().toList());
    }

    @Test
    @DisplayName("opens each view and each tab by the keyboard alone, and mends the typo with it")
    void withoutMouse() throws IOException {
        openOwn(PageOfDemo.deciding(List.of()), "");
        for (String view : List.of("Contracts", "Matrix", "Coverage", "Decisions", "Map")) {
            tabToText(view);
            press(Keys.ENTER);
            browser.await("document.activeElement.textContent === '" + view + "'");
            browser.find("#view-" + view.toLowerCase(Locale.ROOT));
        }
        tabTo("tab-flows");
        press(Keys.ARROW_LEFT);
        tabTo("what-if-text");
        press(Files.readString(TYPO));
        browser.find("#trial", "Rejected");
        tabToText("shop/checkout → shop/orders : 8080/TCP: why?");
        press(Keys.ENTER);
        browser.find("#panel-why .repair");
        tabToText("Try it");
        press(Keys.SPACE);
        browser.find("#chips", "21 hold");
        tabTo("apply");
        press(Keys.ENTER);
        browser.await("document.getElementById('trial').hidden");
        browser.find("#chips", "21 hold");
    }

    @Test
    @DisplayName("shows nothing cut off in a narrow window: only tables and YAML can be moved sideways")
    void narrow() {
        browser.driver().manage().window().setSize(new Dimension(620, 900));
        try {
            for (String place : List.of("", "view=contracts", "view=coverage", "view=decisions", "panel=what-if")) {
                browser.go(place);
                assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .as(place)
                        .isEqualTo(true);
            }
        } finally {
            browser.driver().manage().window().setSize(new Dimension(1500, 950));
        }
    }
}
