package dev.flowguard.assess.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.finding.diagnosis.Nearness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearnessTest {
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "'', '', 0",
        "orders, orders, 0",
        "'', abc, 3",
        "order, orders, 1",
        "oders, orders, 1",
        "orderz, orders, 1",
        "ordres, orders, 1",
        "kitten, sitting, 3",
        "checkout, chekcotu, 2",
    })
    void countsWhatWasTypedWrong(String one, String other, int distance) {
        assertThat(Nearness.distance(one, other)).isEqualTo(distance);
        assertThat(Nearness.distance(other, one)).isEqualTo(distance);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "order, orders, true",
        "Orders, orders, true",
        "storefornt, storefront, true",
        "chekcout, checkout, true",
        "chekuot, checkout, false",
        "api, app, true",
        "db, dc, false",
        "orders-v1, orders-v2, false",
        "orders1, orders, false",
        "cart, checkout, false",
        "prod, staging, false",
    })
    void takesForATypoOnlyWhatIsNear(String written, String meant, boolean typo) {
        assertThat(Nearness.typo(written, meant).isPresent()).isEqualTo(typo);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "api, api-server, true",
        "orders-api, orders, true",
        "api, shop-api, true",
        "api, apiary, false",
        "a, a-b, false",
    })
    void knowsAPart(String one, String other, boolean part) {
        assertThat(Nearness.isPartOf(one, other)).isEqualTo(part);
    }
}
