package dev.flowguard.wiring;

import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.config.OtherPolicies;
import dev.flowguard.config.WhenUnsure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Hands the configuration to the parts, in their own terms. */
@ApplicationScoped
public class Settings {
    @Produces
    @Singleton
    public static DecisionSettings decisions(FlowguardConfig config) {
        return DecisionSettings.of(config.mode(), config.warnOnlyRequesters(), config.whenNotReady() == WhenUnsure.DENY)
                .with(config.findings());
    }

    @Produces
    @Singleton
    public static ClusterSettings cluster(FlowguardConfig config) {
        return new ClusterSettings(
                        ClusterSettings.DEFAULT.cni(),
                        true,
                        config.dns().service().map(Object::toString).orElse(""),
                        Set.copyOf(config.dns().addresses().orElse(List.of())),
                        config.otherPolicies() == OtherPolicies.CONSIDER)
                .withCni(config.cni())
                .withImplied(config.implied());
    }
}
