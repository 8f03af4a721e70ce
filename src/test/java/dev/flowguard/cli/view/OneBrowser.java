package dev.flowguard.cli.view;

import dev.flowguard.view.http.PageServer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One browser, and one page of each demo, for all classes that test in a browser: to start them takes longer than most of these tests. */
final class OneBrowser implements BeforeAllCallback {
    /** Pages that tests look at and change nothing of. */
    static final class Pages implements AutoCloseable {
        private final Map<String, PageServer> served = new HashMap<>();

        /** @param demo {@code shop}, {@code tiers}, {@code cilium} or {@code calico} */
        PageServer of(String demo) {
            return of(demo, () -> PageOfDemo.named(demo));
        }

        PageServer of(String name, Supplier<PageServer> start) {
            return served.computeIfAbsent(name, key -> start.get());
        }

        @Override
        public void close() {
            served.values().forEach(PageServer::close);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
        OpenedPage.browser = store.computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
        OpenedPage.pages = store.computeIfAbsent(Pages.class, key -> new Pages(), Pages.class);
    }
}
