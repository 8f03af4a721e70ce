package dev.flowguard.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser without a window: the system's Chromium. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String AXE = resource("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");

    /** Not that a stream of events ends with its server, nor advice about drawing. */
    private static final List<String> COMPLAINTS = List.of("Security Policy", "Uncaught", "Refused", "SyntaxError");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test, with one line, where there is no Chromium with its driver. */
    static Chromium start() {
        Optional<Path> browser = executable("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = executable("chromedriver");
        Assumptions.assumeTrue(
                browser.isPresent() && driver.isPresent(),
                "Not tested in a browser: there is no chromium with a chromedriver on the PATH (CONTRIBUTING says how to install them)");
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1500,950");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        started.manage().timeouts().scriptTimeout(PATIENCE);
        return new Chromium(started);
    }

    private static Optional<Path> executable(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = Chromium.class.getClassLoader().getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens an address and waits until the page has drawn itself. */
    Chromium open(String address) {
        driver.get("about:blank");
        driver.get(address);
        await("document.documentElement.dataset.ready === 'true'");
        return this;
    }

    /** Goes to another place on the page that is open, without loading it anew. */
    void go(String behind) {
        run("location.hash = arguments[0]", behind);
    }

    boolean isAt(String address) {
        return Objects.requireNonNullElse(driver.getCurrentUrl(), "").startsWith(address);
    }

    /** Puts a text at once where the focus is, as pasting it does. */
    void paste(String text) {
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
    }

    /** Milliseconds of processor time that the page's own thread has taken since it was first asked; others on the machine take none of them. */
    double work() {
        driver.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
        List<?> metrics = (List<?>)
                driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
        return Objects.requireNonNull(metrics).stream()
                .map(metric -> (Map<?, ?>) metric)
                .filter(metric -> "TaskDuration".equals(metric.get("name")))
                .mapToDouble(metric -> ((Number) Objects.requireNonNull(metric.get("value"))).doubleValue() * 1_000)
                .findFirst()
                .orElseThrow();
    }

    /** What a script returns; an empty text where it returns nothing. */
    Object run(String script, Object... arguments) {
        return Objects.requireNonNullElse(((JavascriptExecutor) driver).executeScript(script, arguments), "");
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        waiting(expression).until(() -> Boolean.TRUE.equals(run("return Boolean(" + expression + ")")));
    }

    private static ConditionFactory waiting(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    /** The element that this selects and that has the text, as soon as it is there to be seen. */
    WebElement find(String selector, String text) {
        return waiting(selector + " with the text " + text)
                .until(
                        () -> driver.findElements(By.cssSelector(selector)).stream()
                                .filter(element -> element.isDisplayed()
                                        && element.getText().contains(text))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    WebElement find(String selector) {
        return find(selector, "");
    }

    /** Clicks it; once more where the page has just put another in its place. */
    void click(String selector, String text) {
        waiting("a click on " + selector + " with the text " + text).until(() -> {
            find(selector, text).click();
            return true;
        });
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What a script hands to its callback, the last of its arguments. */
    Object answer(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeAsyncScript(script, arguments));
    }

    /**
     * What axe-core finds amiss for people who cannot see, hear or point well: one line for each kind.
     *
     * @param parts of the page, by their selectors; none: all of it
     */
    List<?> accessibilityProblems(String... parts) {
        return accessibility(
                "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']}", parts);
    }

    /** As the other, of what may differ in other colours. */
    List<?> contrastProblems(String... parts) {
        return accessibility(
                "{runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']}", parts);
    }

    private List<?> accessibility(String options, String... parts) {
        if (Boolean.TRUE.equals(run("return typeof axe === 'undefined'"))) {
            run(AXE);
        }
        return (List<?>) answer("""
                const done = arguments[arguments.length - 1];
                const parts = arguments[0].filter(part => document.querySelector(part));
                axe.run(parts.length ? {include: parts.map(part => [part])} : document, OPTIONS).then(result => done(result.violations.map(each =>
                    `${each.id}: ${each.help}; ${each.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | ')}`)));
                """.replace("OPTIONS", options), List.of(parts));
    }

    /** What the browser complains of, such as what the page's policy forbids. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> COMPLAINTS.stream().anyMatch(message::contains))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
