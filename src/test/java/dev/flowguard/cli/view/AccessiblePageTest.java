package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.PastDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** What the tab key is to reach, in the order in which it is to be read. */
    private static final String REACHABLE = """
        return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(each => each.checkVisibility() && !each.disabled && each.tabIndex >= 0)
            .filter(each => each.type !== 'radio' || each.checked)
            .map((each, index) => { each.dataset.order = index; return each.outerHTML.slice(0, 90); });
        """;

    @BeforeEach
    void open() {
        open(
                PageOfDemo.deciding(List.of(
                        new PastDecision(
                                "2026-03-01T10:00:00Z",
                                "ann",
                                "update NetworkPolicy shop/orders-ingress",
                                "Rejected",
                                "BreaksFlow",
                                "breaks 1 declared flow in namespace shop"),
                        new PastDecision(
                                "2026-03-01T09:00:00Z", "bob", "create NetworkPolicy shop/new", "Admitted", "", ""))),
                "");
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "#view=contracts",
                "#view=matrix",
                "#view=coverage",
                "#view=decisions",
                "#panel=why&from=shop/checkout&to=svc/shop/orders&port=80",
                "#panel=what-if"
            })
    @DisplayName("is accessible, in light and in dark, as far as axe-core can tell")
    void accessible(String place) throws IOException {
        browser.open(server.address() + place);
        browser.await("!location.hash.includes('why') || document.querySelector('#panel-why .sides')");
        browser.await(
                "!location.hash.includes('decisions') || document.querySelectorAll('#view-decisions tbody tr').length"
                        + " === 2");
        accessible();
    }

    private static void accessible() throws IOException {
        assertThat(browser.accessibilityProblems()).isEmpty();
        browser.click("#theme", "Dark");
        assertThat(browser.accessibilityProblems()).isEmpty();
    }

    @Test
    @DisplayName("is accessible too with a change that is refused, its repair, an error, what is found and open menus")
    void accessibleAtWork() throws IOException {
        editor().sendKeys(Files.readString(TYPO));
        browser.find("#trial", "Rejected");
        assertThat(browser.accessibilityProblems()).isEmpty();
        browser.click("#panel-what-if .flows button", "shop/checkout → shop/orders");
        browser.find("#panel-why .repair", "What would let it through");
        browser.click("#menu-namespaces summary", "All namespaces");
        browser.click("#menu-show summary", "Show");
        browser.click("#menu-more summary", "More");
        accessible();
        editor().sendKeys("\n  no: [yaml");
        browser.find("#panel-what-if .error");
        browser.find("#search-text").sendKeys("orders");
        browser.find("#search-results li", "shop/orders");
        assertThat(browser.accessibilityProblems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "#view=map",
                "#view=matrix&ns=payments&panel=why&from=shop/checkout&to=shop/orders&port=8080",
                "#view=contracts&state=Broken&panel=what-if",
                "#view=coverage",
                "#view=decisions"
            })
    @DisplayName(
            "gives the tab key everything that can be used, in the order in which it is read, and lets it out again")
    void focusOrder(String place) {
        browser.open(server.address() + place);
        browser.await("!location.hash.includes('why') || document.querySelector('#panel-why .sides')");
        browser.await("!location.hash.includes('decisions') || document.querySelector('#view-decisions tbody tr')");
        List<?> reachable = (List<?>) browser.run(REACHABLE);
        List<Long> reached = new ArrayList<>();
        browser.run("document.activeElement.blur()");
        for (int i = 0; i < reachable.size(); i++) {
            press(Keys.TAB);
            reached.add(
                    ((Number) browser.run("return Number(document.activeElement.dataset.order ?? -1)")).longValue());
        }
        List<Long> all = new ArrayList<>();
        for (long i = 0; i < reachable.size(); i++) {
            all.add(i);
        }
        assertThat(reached).as(reachable.toString()).isEqualTo(all);
    }

    @Test
    @DisplayName("opens each view and each tab by the keyboard alone, and mends the typo with it")
    void withoutMouse() throws IOException {
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

    private static void tabToText(String text) {
        for (int i = 0; i < 120; i++) {
            if (focused().getText().equals(text)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(text + " is not reached with the tab key");
    }

    @Test
    @DisplayName("shows nothing cut off in a narrow window: only tables and YAML can be moved sideways")
    void narrow() {
        browser.driver().manage().window().setSize(new Dimension(620, 900));
        try {
            for (String place : List.of("", "#view=contracts", "#view=coverage", "#view=decisions", "#panel=what-if")) {
                browser.open(server.address() + place);
                assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .as(place)
                        .isEqualTo(true);
            }
        } finally {
            browser.driver().manage().window().setSize(new Dimension(1500, 950));
        }
    }
}
