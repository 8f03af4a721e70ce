package dev.flowguard.config;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.net.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration where nothing is configured, known without looking for any: what looks takes longer to set up than many a command
 * works. Its values are those that {@link FlowguardConfig} declares, which a test holds.
 */
public final class DefaultConfig implements FlowguardConfig {
    @Override
    public Optional<Path> manifests() {
        return Optional.empty();
    }

    @Override
    public boolean manifestsRecursive() {
        return false;
    }

    @Override
    public String cni() {
        return AUTO;
    }

    @Override
    public Enforcement mode() {
        return Enforcement.DENY;
    }

    @Override
    public FindingLevels findings() {
        return FindingLevels.parse("all=Warn");
    }

    @Override
    public ImpliedLevels implied() {
        return ImpliedLevels.parse("all=Warn");
    }

    @Override
    public OtherPolicies otherPolicies() {
        return OtherPolicies.CONSIDER;
    }

    @Override
    public ApiServers apiServers() {
        return ApiServers.AUTO;
    }

    @Override
    public WhenUnsure whenNotReady() {
        return WhenUnsure.ADMIT;
    }

    @Override
    public WhenUnsure whenUnjudged() {
        return WhenUnsure.ADMIT;
    }

    @Override
    public Duration deadline() {
        return Duration.ofMillis(1500);
    }

    @Override
    public Duration maxStaleness() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Optional<Integer> maxConcurrentReviews() {
        return Optional.empty();
    }

    @Override
    public Review review() {
        return new Review() {
            @Override
            public int maxTokens() {
                return 2_000_000;
            }

            @Override
            public int maxDepth() {
                return 200;
            }

            @Override
            public int maxItems() {
                return 250_000;
            }
        };
    }

    @Override
    public List<String> warnOnlyRequesters() {
        return List.of(
                "system:serviceaccount:argocd:*",
                "system:serviceaccount:openshift-gitops:*",
                "system:serviceaccount:flux-system:*");
    }

    @Override
    public Tls tls() {
        return new Tls() {
            @Override
            public TlsMode mode() {
                return TlsMode.IN_MEMORY;
            }

            @Override
            public Optional<List<String>> clientNames() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Dns dns() {
        return new Dns() {
            @Override
            public Optional<ServiceName> service() {
                return Optional.empty();
            }

            @Override
            public Optional<List<Address>> addresses() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Audit audit() {
        return new Audit() {
            @Override
            public boolean publish() {
                return false;
            }

            @Override
            public int writesPerSecond() {
                return 20;
            }

            @Override
            public int maxPairs() {
                return 1_000_000;
            }
        };
    }
}
