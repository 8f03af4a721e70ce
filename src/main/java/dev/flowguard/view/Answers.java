package dev.flowguard.view;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names the answers of the API to a native executable, in which Jackson could not read their components otherwise. */
@RegisterForReflection(
        targets = {
            ClusterMap.class,
            ClusterMap.Namespace.class,
            ClusterMap.End.class,
            ClusterMap.Link.class,
            ClusterMap.Bundle.class,
            ClusterMap.Mistake.class,
            ClusterMap.FindingRow.class,
            FlowRow.class,
            FlowRow.Edge.class,
            Explanation.class,
            Explanation.TraceView.class,
            Explanation.SideView.class,
            Explanation.PolicyView.class,
            Explanation.RuleView.class,
            Explanation.NearMissView.class,
            Explanation.RepairView.class,
            WhatIf.class,
            WhatIf.Patch.class,
            WhatIf.PlacedEnd.class,
            WhatIf.ProblemView.class,
            WhatIf.StepView.class,
            WhatIf.LineFinding.class,
            WhatIf.Change.class,
            WorthALook.class,
            PastDecision.class,
            PageApi.Applied.class,
            PageApi.ObjectText.class
        })
final class Answers {
    private Answers() {}
}
