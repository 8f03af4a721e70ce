package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.AnnotationLanguage;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the annotations of an object declare for its pods. */
final class Declarations {
    private Declarations() {}

    /** @param itself the pods that the object speaks for */
    static List<Fact> of(ObjectRef object, FlowEnd itself, Map<String, String> annotations) {
        return AnnotationLanguage.contracts(object, itself, annotations).stream()
                .<Fact>map(Fact.Declared::new)
                .toList();
    }

    /**
     * For a controller, which may say it on itself or on its template, and often on both. An enforcement on the controller
     * holds for the template too, if that states none.
     */
    static List<Fact> ofPodsOf(ObjectRef owner, Map<String, String> own, List<Map<String, String>> templates) {
        return Stream.concat(Stream.of(own), templates.stream().map(each -> withEnforcement(each, own)))
                .flatMap(annotations -> of(owner, new FlowEnd.OwnedBy(owner), annotations).stream())
                .distinct()
                .toList();
    }

    private static Map<String, String> withEnforcement(Map<String, String> template, Map<String, String> own) {
        @Nullable String enforcement = own.get(AnnotationLanguage.ENFORCEMENT);
        if (enforcement == null || template.containsKey(AnnotationLanguage.ENFORCEMENT)) {
            return template;
        }
        Map<String, String> both = new TreeMap<>(template);
        both.put(AnnotationLanguage.ENFORCEMENT, enforcement);
        return both;
    }
}
