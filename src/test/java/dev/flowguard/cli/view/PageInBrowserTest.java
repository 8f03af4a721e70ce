package dev.flowguard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

@DisplayName("The page, in a browser, on the demo shop")
class PageInBrowserTest extends OpenedPage {
    private static final Path TYPO = Path.of("deploy/demo/changes/06-typo-in-peer.yaml");
    private static final Keys ALL = Keys.CONTROL;

    /** Where nothing is applied. */
    private void open() {
        open("shop", "");
    }

    private void openOwn() {
        openOwn(PageOfDemo.serve(), "");
    }

    private static void tried(Path change) throws IOException {
        paste(Files.readString(change));
        browser.find("#trial", "What if");
    }

    /** For the documentation: {@code -Dpicture=write} makes it anew. */
    private static void picture() throws IOException {
        if ("write".equals(System.getProperty("picture"))) {
            browser.screenshot(Path.of("src/docs/view.png"));
        }
    }

    /** The number of the line that is marked so; it may be scrolled out of sight. */
    private static Object marked(String mark) {
        browser.await("document.querySelector('.editor li." + mark + "')");
        return browser.run("return document.querySelector('.editor li." + mark + "').textContent");
    }

    /** How the map draws the flow from checkout to orders. */
    private static String drawn() {
        return (String) browser.run("""
            const edge = flowguardMap.edges('.flow').filter(each => each.source().data('label') === 'checkout' && each.target().data('label') === 'orders');
            return edge.length ? edge[0].classes().filter(name => name !== 'flow').join(' ') : 'none';
            """);
    }

    @Test
    @DisplayName("tells why checkout cannot reach orders after the typo, and mends it")
    void story() throws IOException {
        openOwn();
        browser.find("#chips", "21 hold");
        assertThat(drawn()).startsWith("Satisfied");

        tried(TYPO);
        browser.find("#trial", "Rejected");
        assertThat(browser.find(".step pre").getText())
                .contains("shop/checkout -> shop/orders:8080/TCP")
                .contains("blocked on ingress");
        assertThat(marked("bad")).as("the object that is refused").isEqualTo("4");
        assertThat(marked("odd")).as("the finding").isEqualTo("16");
        browser.find("#panel-what-if .loss", "shop/checkout → shop/orders: TCP 8080");
        browser.find("#chips", "1 broken");
        assertThat(drawn()).contains("Broken");

        browser.click("#panel-what-if .flows button", "shop/checkout → shop/orders : 8080/TCP: why?");
        browser.find("#panel-why .side.is-Allowed", "Egress of shop/checkout");
        browser.find("#panel-why .side.is-Blocked", "Ingress of shop/orders");
        browser.find("#panel-why .almost", "it asks for app=chekout, and the pods have app=checkout");
        assertThat(browser.run("return document.querySelector('code.almost-line').textContent")
                        .toString())
                .contains("from:");
        browser.find("#panel-why .repair", "add to NetworkPolicy shop/orders-ingress");

        browser.find("#panel-why .repair code.added", "app: checkout");
        picture();
        browser.click(".repair button", "Copy YAML");
        browser.find(".repair button", "Copied");
        WebElement editor = editor();
        editor.sendKeys(Keys.chord(ALL, "a"));
        editor.sendKeys(Keys.chord(ALL, "v"));
        browser.await("document.getElementById('what-if-text').value.includes('app: checkout')");
        browser.await("!document.getElementById('trial').textContent.includes('Rejected')");
        browser.await("document.querySelectorAll('#panel-what-if .loss').length === 0");
        browser.find("#chips", "21 hold");

        browser.click("#trial button", "Apply");
        browser.await("document.getElementById('trial').hidden");
        browser.find("#panel-what-if p", "in this page alone");
        browser.find("#chips", "21 hold");
        assertThat(drawn()).startsWith("Satisfied");
        browser.click("#views a", "Map");
    }

    @Test
    @DisplayName("corrects the typo where it stands, at one click")
    void corrected() throws IOException {
        open();
        tried(TYPO);
        browser.click("#panel-what-if .flows button", "why?");
        browser.click("#panel-why .almost button", "Correct it there");
        browser.find("#trial", "Admitted");
        browser.find("#panel-what-if p", "With it all 21 flows hold");
    }

    @Test
    @DisplayName("deletes a namespace with what is in it, and says how the flows stand then")
    void withoutNamespace() {
        open();
        browser.click("#panel-tabs button", "What if");
        browser.find("#object").sendKeys("Namespace/shop");
        browser.click("#panel-what-if button", "Delete");
        browser.find("#panel-what-if .step", "delete Namespace shop with all 22 objects in it");
        browser.find("#panel-what-if p", "With it: 9 hold, 1 unbound.");
        browser.await("flowguardMap.nodes().filter(node => node.data('label') === 'checkout').length === 0");
    }

    @Test
    @DisplayName("tries a repair at one click, and says afterwards since when a flow stands as it does, and by what")
    void applied() throws IOException {
        openOwn();
        tried(TYPO);
        browser.click("#trial button", "Apply all the same");
        browser.await("document.getElementById('trial').hidden");
        browser.click("#views a", "Contracts");
        browser.find("#view-contracts tbody tr:first-child", "by NetworkPolicy shop/orders-ingress");
        browser.click("#view-contracts tbody tr:first-child button", "checkout-calls-orders");
        browser.click(".repair button", "Try it");
        browser.find("#trial", "What if");
        browser.click("#trial button", "Apply");
        browser.await("document.getElementById('trial').hidden");
        browser.find("#chips", "21 hold");
    }

    @Test
    @DisplayName("answers as the webhook would whoever asks: Argo CD is warned")
    void requester() throws IOException {
        open();
        tried(TYPO);
        browser.find("#trial", "Rejected");
        browser.click("#who option", "Argo CD");
        browser.find("#trial", "Warned");
    }

    @Test
    @DisplayName("says at which line what is typed cannot be used")
    void mistake() {
        open();
        paste("apiVersion: networking.k8s.io/v1\n"
                + "kind: NetworkPolicy\n"
                + "metadata: {name: x, namespace: shop}\n"
                + "spec:\n"
                + "  podSelector: 7\n");
        browser.find("#panel-what-if .error", "podSelect");
    }

    @Test
    @DisplayName("finds a workload, a namespace, a flow and a policy by their names")
    void search() {
        open();
        WebElement search = browser.find("#search-text");
        search.sendKeys("postgres");
        browser.find("#search-results li", "data/postgres");
        search.sendKeys(Keys.ENTER);
        browser.find("#panel-flows h2", "data/postgres");
        assertThat(browser.run("return flowguardMap.nodes('.at').map(node => node.data('label'))")
                        .toString())
                .contains("postgres");
        search.sendKeys("policy allow-dns");
        browser.find("#search-results li", "shop/allow-dns");
        search.sendKeys(Keys.ESCAPE);
        search.sendKeys("nothing like it");
        browser.find("#search-results", "Nothing found");
        search.sendKeys(Keys.ESCAPE);
    }

    @Test
    @DisplayName("keeps what is shown in the address, so that it can be gone back to")
    void deepLink() {
        open("shop", "#panel=why&from=shop/checkout&to=svc/shop/orders&port=80");
        browser.find("#panel-why .verdict", "shop/checkout → shop/orders : 8080/TCP");
        browser.find("#panel-why .verdict", "through port 80 of Service shop/orders");
        browser.click("#views a", "Matrix");
        assertThat(browser.driver().getCurrentUrl()).contains("view=matrix").contains("from=shop/checkout");
        browser.open(server.address() + "#view=contracts&state=Satisfied&ns=data");
        browser.find("#view-contracts h2", "of 21 flows");
        assertThat(browser.driver().findElements(By.cssSelector("#view-contracts tbody tr")))
                .hasSize(2);
    }

    @Test
    @DisplayName("follows changes that are made elsewhere")
    void follows() throws IOException {
        openOwn();
        tried(TYPO);
        browser.run("window.other = fetch('api/apply', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                + " body: JSON.stringify({state: 'trial-1'})})");
        browser.click("#trial button", "Discard");
        browser.find("#chips", "1 broken");
    }

    @Test
    @DisplayName("filters by namespace, port and state, and folds and unfolds")
    void filters() {
        open();
        browser.click("#menu-namespaces summary", "All namespaces");
        browser.click("#menu-namespaces label", "data");
        browser.await("flowguardMap.nodes('.workload').filter(node => node.data('label') === 'ledger').length === 0");
        browser.click("#toolbar button", "Fold all");
        browser.await("flowguardMap.nodes('.folded').length > 0 && flowguardMap.nodes('.workload').length === 0");
        browser.click("#toolbar button", "Unfold all");
        browser.await("flowguardMap.nodes('.workload').length > 0");
        WebElement port = browser.find("#toolbar input[type=text]");
        port.sendKeys("9187", Keys.ENTER);
        browser.await("flowguardMap.edges('.flow').length === 1");
    }

    @Test
    @DisplayName("saves the map as SVG that holds everything on it, by name")
    void export() {
        open();
        String svg = (String) browser.answer("const done = arguments[0]; import(new URL('export.js',"
                + " location.href.split('#')[0])).then(module => done(module.svg(flowguardMap)))");
        assertThat(svg).contains(">checkout</text>").contains(">shop</text>").contains("<title>Flowguard");
        assertThat(browser.run(
                        "return new DOMParser().parseFromString(arguments[0],"
                                + " 'image/svg+xml').querySelector('parsererror') === null",
                        svg))
                .isEqualTo(true);
    }

    @Test
    @DisplayName("saves the map as PNG and as SVG from its menu")
    void saves() {
        open();
        browser.run("""
            window.saved = [];
            const create = URL.createObjectURL;
            URL.createObjectURL = blob => { window.saved.push(`${blob.type} ${blob.size > 10000}`); return create(blob); };
            """);
        browser.click("#menu-more summary", "More");
        browser.click("#toolbar button", "Save as SVG");
        browser.click("#toolbar button", "Save as PNG");
        browser.await("window.saved.length === 2");
        assertThat(browser.run("return window.saved.join()")).isEqualTo("image/svg+xml true,image/png true");
    }

    @Test
    @DisplayName("tries files that are dropped anywhere on it")
    void dropped() throws IOException {
        open();
        browser.run("""
            const data = new DataTransfer();
            data.items.add(new File([arguments[0]], 'change.yaml'));
            document.getElementById('canvas').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
            """, Files.readString(TYPO));
        browser.find("#trial", "Rejected");
        browser.find("#panel-what-if .step", "update NetworkPolicy shop/orders-ingress");
    }

    @Test
    @DisplayName("shows what nobody declared when it is asked to, on the map and in the table")
    void implied() {
        open();
        browser.find("#chips", "21 hold");
        browser.click("#menu-show summary", "Show");
        browser.click("#toolbar label", "Implied flows");
        browser.await("!document.getElementById('chips').textContent.includes('21 hold')");
        browser.click("#views a", "Contracts");
        browser.find("#view-contracts td", "implied: nobody declared it");
        browser.click("#view-contracts label", "Show implied flows too");
        browser.find("#view-contracts h2", "21 of 21 flows");
    }

    @Test
    @DisplayName("says where not all of a flow is drawn, in the list and in the table")
    void cut() {
        open();
        browser.answer("""
            const done = arguments[arguments.length - 1];
            import(new URL('store.js', location.href.split('#')[0])).then(({store, present, changed}) => {
              present({...store.raw, flows: store.raw.flows.map((flow, index) => ({...flow, cut: index === 0}))});
              changed('map');
              done(true);
            });
            """);
        browser.find("#panel-flows .because", "only the first 12 of its connections are drawn");
        browser.click("#views a", "Contracts");
        browser.find("#view-contracts td", "only the first 12 of its connections are drawn");
    }

    @Test
    @DisplayName("says in sight that the program that serves it has ended")
    void ended() {
        openOwn();
        browser.run("const wait = window.setTimeout; window.setTimeout = (act, time) => wait(act, time / 50)");
        server.close();
        browser.click("#notes summary", "1 note");
        browser.find("#notes", "does not answer: what is shown is as it was");
    }

    @Test
    @DisplayName("paints within a second")
    void fast() {
        open();
        browser.open(server.address());
        assertThat(((Number) browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                        .doubleValue())
                .isLessThan(1_000);
        assertThat(((Number) browser.run("return performance.getEntriesByName('flowguard-drawn')[0].startTime"))
                        .doubleValue())
                .isLessThan(3_000);
    }
}
