package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.view.http.PageServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What tests of the page in a browser share: one browser for a class, a page for each test, and nothing that the browser complains of. */
abstract class OpenedPage {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path profile;

    @SuppressWarnings("NullAway.Init")
    static Chromium browser;

    @SuppressWarnings("NullAway.Init")
    PageServer server;

    @BeforeAll
    static void start() {
        browser = Chromium.start(profile);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void close() {
        assertThat(browser.complaints()).isEmpty();
        server.close();
    }

    /** @param behind the # of the address, with it; empty for the page as it is at first */
    void open(PageServer page, String behind) {
        server = page;
        browser.open(server.address() + behind);
    }

    static WebElement editor() {
        browser.click("#panel-tabs button", "What if");
        return browser.find("#what-if-text");
    }

    static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    static void press(CharSequence keys) {
        focused().sendKeys(keys);
    }

    static void tabTo(String id) {
        for (int i = 0; i < 90; i++) {
            if (id.equals(focused().getAttribute("id"))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(id + " is not reached with the tab key");
    }
}
