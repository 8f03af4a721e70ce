package dev.flowguard.assess.finding.chain;

import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Ports;
import java.util.Collections;

/**
 * Whether one expression speaks of all that another one speaks of. Only what follows from their text counts, whatever pods there
 * are now; a no may be too careful.
 */
final class Covering {
    private Covering() {}

    static boolean covers(Ends wide, Ends narrow) {
        if (wide.equals(Ends.EVERYBODY)) {
            return true;
        }
        if (wide instanceof Ends.Unclear || narrow instanceof Ends.Unclear) {
            return false;
        }
        if (narrow instanceof Ends.AnyOf any) {
            return !any.parts().isEmpty() && any.parts().stream().allMatch(part -> covers(wide, part));
        }
        if (wide instanceof Ends.AllOf all) {
            return all.parts().stream().allMatch(part -> covers(part, narrow));
        }
        if (wide instanceof Ends.AnyOf any) {
            return any.parts().stream().anyMatch(part -> covers(part, narrow));
        }
        if (narrow instanceof Ends.AllOf all) {
            return all.parts().stream().anyMatch(part -> covers(wide, part));
        }
        return coversOne(wide, narrow);
    }

    private static boolean coversOne(Ends wide, Ends narrow) {
        if (wide instanceof Ends.Pods) {
            return isOfPods(narrow);
        } else if (wide instanceof Ends.Not all && narrow instanceof Ends.Not some) {
            return covers(some.part(), all.part());
        } else if (wide instanceof Ends.PodLabels all && narrow instanceof Ends.PodLabels some) {
            return some.selector().implies(all.selector());
        } else if (wide instanceof Ends.NamespaceLabels all && narrow instanceof Ends.NamespaceLabels some) {
            return some.selector().implies(all.selector());
        } else if (wide instanceof Ends.ServiceAccounts all && narrow instanceof Ends.ServiceAccounts some) {
            return all.names().containsAll(some.names());
        } else if (wide instanceof Ends.Addresses all && narrow instanceof Ends.Addresses some) {
            return all.pods() == some.pods()
                    && all.nodes() == some.nodes()
                    && some.blocks().stream()
                            .allMatch(block -> all.blocks().stream().anyMatch(around -> around.covers(block)));
        }
        return wide.equals(narrow);
    }

    /** What is false of all that is no pod. */
    private static boolean isOfPods(Ends ends) {
        return ends instanceof Ends.Pods
                || ends instanceof Ends.PodLabels
                || ends instanceof Ends.NamespaceLabels
                || ends instanceof Ends.InNamespace
                || ends instanceof Ends.ServiceAccounts
                || ends instanceof Ends.Label;
    }

    /** False only where no number is in both, whatever pods there are. */
    static boolean mayMeet(Ports one, Ports other) {
        if (one instanceof Ports.AnyOf any) {
            return any.parts().stream().anyMatch(part -> mayMeet(part, other));
        }
        if (other instanceof Ports.AnyOf any) {
            return any.parts().stream().anyMatch(part -> mayMeet(one, part));
        }
        if (one instanceof Ports.Numbered these && other instanceof Ports.Numbered those) {
            return !Collections.disjoint(these.protocols(), those.protocols())
                    && these.ranges().stream()
                            .anyMatch(range -> those.ranges().stream().anyMatch(range::overlaps));
        }
        return true;
    }

    static boolean covers(Ports wide, Ports narrow) {
        if (wide.equals(Ports.EVERY)) {
            return true;
        }
        if (wide instanceof Ports.Unclear || narrow instanceof Ports.Unclear) {
            return false;
        }
        if (narrow instanceof Ports.AnyOf any) {
            return !any.parts().isEmpty() && any.parts().stream().allMatch(part -> covers(wide, part));
        }
        if (wide instanceof Ports.AllOf all) {
            return all.parts().stream().allMatch(part -> covers(part, narrow));
        }
        if (wide instanceof Ports.AnyOf any) {
            return any.parts().stream().anyMatch(part -> covers(part, narrow));
        }
        if (narrow instanceof Ports.AllOf all) {
            return all.parts().stream().anyMatch(part -> covers(wide, part));
        }
        if (wide instanceof Ports.Numbered all && narrow instanceof Ports.Numbered some) {
            return all.protocols().containsAll(some.protocols())
                    && some.ranges().stream()
                            .allMatch(range -> all.ranges().stream().anyMatch(around -> around.contains(range)));
        } else if (wide instanceof Ports.Protocols all && narrow instanceof Ports.Protocols some) {
            return all.protocols().containsAll(some.protocols());
        } else if (wide instanceof Ports.Protocols all && narrow instanceof Ports.Numbered some) {
            return all.protocols().containsAll(some.protocols());
        } else if (wide instanceof Ports.Protocols all && narrow instanceof Ports.Named some) {
            return all.protocols().containsAll(some.protocols());
        } else if (wide instanceof Ports.Not all && narrow instanceof Ports.Not some) {
            return covers(some.part(), all.part());
        }
        return wide.equals(narrow);
    }
}
