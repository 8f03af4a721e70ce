package dev.flowguard.testing;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the short forms that tests are written in. */
final class Names {
    private Names() {}

    /** @param namespaceAndName {@code shop/orders} */
    static ObjectRef object(String kind, String namespaceAndName) {
        int slash = namespaceAndName.indexOf('/');
        return new ObjectRef(kind, namespaceAndName.substring(0, slash), namespaceAndName.substring(slash + 1));
    }

    /** @param text {@code app=orders,tier=backend} */
    static Labels labels(String text) {
        return Labels.of(labelMap(text));
    }

    static Map<String, String> labelMap(String text) {
        return LabelSelector.parse(text).requirements().stream()
                .collect(Collectors.toMap(
                        Requirement::key, requirement -> requirement.values().get(0)));
    }
}
