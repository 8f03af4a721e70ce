package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.http.PageServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What tests of the page in a browser share: the browser, the pages of the demos, and that the browser complains of nothing. */
@ExtendWith(OneBrowser.class)
abstract class OpenedPage {
    /** Everything that the tab key is to reach, in the order in which it is to be read. */
    static final String REACHABLE = """
        const reachable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter(each => each.checkVisibility() && !each.disabled && each.tabIndex >= 0)
            .filter(each => each.type !== 'radio' || each.checked);
        """;

    @SuppressWarnings("NullAway.Init")
    static Chromium browser;

    @SuppressWarnings("NullAway.Init")
    static OneBrowser.Pages pages;

    @SuppressWarnings("NullAway.Init")
    PageServer server;

    private Optional<PageServer> own = Optional.empty();

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        own.ifPresent(PageServer::close);
    }

    /**
     * Opens the page of a demo, of which the test changes nothing.
     *
     * @param behind the # of the address, with it; empty for the page as it is at first
     */
    void open(String demo, String behind) {
        show(pages.of(demo), behind);
    }

    /** Opens a page that the test may change, and that is closed after it. */
    void openOwn(PageServer page, String behind) {
        own = Optional.of(page);
        show(page, behind);
    }

    /** Opens a page of which the test changes nothing. */
    void show(PageServer page, String behind) {
        server = page;
        browser.open(server.address() + behind);
    }

    static WebElement editor() {
        browser.click("#panel-tabs button", "What if");
        return browser.find("#what-if-text");
    }

    /** Tries this change, and waits until the map shows it. */
    static void paste(String change) {
        editor().click();
        browser.paste(change);
    }

    static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    static void press(CharSequence keys) {
        focused().sendKeys(keys);
    }

    static void tabTo(String id) {
        tab("each.id === arguments[0]", id);
    }

    static void tabToText(String text) {
        tab("each.innerText.trim() === arguments[0]", text);
    }

    /** As often as it takes, forwards or backwards; where nothing has the focus it is seen only after the first key where that begins. */
    private static void tab(String wanted, String name) {
        int steps = steps(wanted, name);
        for (int tries = 0; steps != 0 && tries < 3; tries++) {
            String tabs = Keys.TAB.toString().repeat(Math.abs(steps));
            press(steps < 0 ? Keys.chord(Keys.SHIFT, tabs) : tabs);
            steps = steps(wanted, name);
        }
        assertThat(steps).as("the tab key reaches " + name).isZero();
    }

    private static int steps(String wanted, String name) {
        Number steps = (Number) browser.run(REACHABLE + """
                            const place = reachable.findIndex(each => WANTED);
                            if (place < 0) return 1e6;
                            const now = reachable.indexOf(document.activeElement);
                            return now < 0 ? 1 : place - now;
                            """.replace("WANTED", wanted), name);
        assertThat(steps.intValue()).as(name + " is there").isLessThan(1_000_000);
        return steps.intValue();
    }
}
