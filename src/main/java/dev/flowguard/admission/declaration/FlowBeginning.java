package dev.flowguard.admission.declaration;

import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.wording.Ellipsis;
import java.util.List;

/** How a warning about a declared flow begins, so that its author finds it: the fullest wording first. */
final class FlowBeginning {
    private static final int SHORT_NAME = 24;

    private FlowBeginning() {}

    /** {@code flow checkout-calls-orders: }, {@code egress-to "service orders": }. */
    static List<String> of(DeclaredFlow flow) {
        return of(flow, "");
    }

    /** {@code flow checkout-calls-orders, from: }; in an annotation only one end is written. */
    static List<String> of(DeclaredFlow flow, Unbound.End end) {
        return of(flow, end == Unbound.End.FROM ? ", from" : ", to");
    }

    private static List<String> of(DeclaredFlow flow, String end) {
        ContractSource source = flow.contract().source();
        String name = flow.flow().name();
        if (source.isAnnotation()) {
            String annotation =
                    source.annotation().substring(source.annotation().indexOf('/') + 1);
            return List.of(annotation + " \"" + name + "\": ", annotation + ": ");
        }
        return List.of("flow " + name + end + ": ", Ellipsis.shorten(name, SHORT_NAME) + end + ": ");
    }
}
