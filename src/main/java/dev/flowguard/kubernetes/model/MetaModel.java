package dev.flowguard.kubernetes.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;

/** What objects of all kinds have in common. */
final class MetaModel {
    private MetaModel() {}

    /** Gives the object what every object has. */
    static <T extends HasMetadata> T described(T object, Fields fields) {
        object.setApiVersion(fields.text("apiVersion"));
        fields.text("kind");
        object.setMetadata(fields.object("metadata", MetaModel::objectMeta));
        return object;
    }

    static ObjectMeta objectMeta(Fields fields) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(fields.text("name"));
        meta.setGenerateName(fields.text("generateName"));
        meta.setNamespace(fields.text("namespace"));
        meta.setLabels(fields.textMap("labels"));
        meta.setAnnotations(fields.textMap("annotations"));
        meta.setOwnerReferences(fields.list("ownerReferences", MetaModel::ownerReference));
        meta.setCreationTimestamp(fields.text("creationTimestamp"));
        meta.setDeletionTimestamp(fields.text("deletionTimestamp"));
        return meta;
    }

    private static OwnerReference ownerReference(Fields fields) {
        OwnerReference owner = new OwnerReference();
        owner.setApiVersion(fields.text("apiVersion"));
        owner.setKind(fields.text("kind"));
        owner.setName(fields.text("name"));
        owner.setUid(fields.text("uid"));
        owner.setController(fields.flag("controller"));
        owner.setBlockOwnerDeletion(fields.flag("blockOwnerDeletion"));
        return owner;
    }

    static LabelSelector labelSelector(Fields fields) {
        LabelSelector selector = new LabelSelector();
        selector.setMatchLabels(fields.textMap("matchLabels"));
        selector.setMatchExpressions(fields.list("matchExpressions", MetaModel::requirement));
        fields.others().forEach(selector::setAdditionalProperty);
        return selector;
    }

    private static LabelSelectorRequirement requirement(Fields fields) {
        LabelSelectorRequirement requirement = new LabelSelectorRequirement();
        requirement.setKey(fields.text("key"));
        requirement.setOperator(fields.text("operator"));
        requirement.setValues(fields.texts("values"));
        fields.others().forEach(requirement::setAdditionalProperty);
        return requirement;
    }
}
