package dev.flowguard.admission;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@DisplayName("The webhook serves no page")
class ServesNoPageTest {
    @TestHTTPResource(value = "/", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @ParameterizedTest(name = "GET {0} finds nothing")
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/view",
                "/view/",
                "/view/index.html",
                "/view/main.js",
                "/validate/../view/index.html",
                "/webjars/cytoscape/3.33.1/dist/cytoscape.min.js",
                "/webjars/cytoscape/3.33.1/package.json"
            })
    void nothing(String path) {
        given().relaxedHTTPSValidation()
                .baseUri(url.toString())
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404);
    }
}
