package dev.flowguard.feed.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.field.Reading;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What is followed is what can be read")
class ResourcesTest {
    static Stream<Resource> always() {
        return Resources.ALWAYS.stream();
    }

    static Stream<Resource> otherPolicies() {
        return Resources.OTHER_POLICIES.entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(kind -> Resource.otherPolicy(group.getKey(), "v1", kind.toLowerCase(Locale.ROOT), kind)));
    }

    @ParameterizedTest
    @MethodSource("always")
    @DisplayName("kinds that every cluster has, or that Flowguard brings")
    void isRead(Resource resource) {
        assertThat(read(resource).<Boolean>match(observed -> true, refused -> true, notRead -> false))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("otherPolicies")
    @DisplayName("policies of other kinds, under the same name, whether or not they are evaluated")
    void isAnotherPolicy(Resource resource) {
        ObjectRef ref = read(resource)
                .match(
                        observed -> observed.observation().object(),
                        refused -> refused.object(),
                        notRead -> new ObjectRef("not read", "", ""));

        assertThat(ref).isEqualTo(resource.ref(ref.namespace(), "x"));
        assertThat(Resources.isOtherPolicy(ref)).isTrue();
    }

    @Test
    @DisplayName("a stored policy of Calico under the name that Calico's API has for it, whatever the store calls it")
    void storedName() {
        Resource stored = Resource.otherPolicy("crd.projectcalico.org", "v1", "networkpolicies", "NetworkPolicy");
        ObjectNode tree = FakeApiServer.tree(
                "{apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy, metadata: {namespace: shop, name: default.x},"
                        + " spec: {}}");

        ObjectRef read = ObjectReader.read(tree)
                .match(
                        observed -> observed.observation().object(),
                        refused -> refused.object(),
                        notRead -> new ObjectRef("not read", "", ""));

        assertThat(read).isEqualTo(stored.ref(tree));
        assertThat(read).isEqualTo(new ObjectRef("NetworkPolicy.projectcalico.org", "shop", "x"));
    }

    private static Reading read(Resource resource) {
        return ObjectReader.read(FakeApiServer.tree("{apiVersion: %s, kind: %s, metadata: {namespace: shop, name: x}}"
                .formatted(resource.apiVersion(), resource.kind())));
    }
}
