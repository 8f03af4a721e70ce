/**
 * Makes objects of the client's model of trees, as strictly as the API server does: a number is no string and a string no number. Each
 * class here reads the kinds of one subject, and {@link dev.flowguard.kubernetes.model.Fields} the fields of one mapping. Of most kinds
 * only what the readers look at is read; of policies all is, so that fields are seen which this version does not know. There is no
 * reflection in it: a command would spend most of its time with finding out what a pod may have.
 */
@NullMarked
package dev.flowguard.kubernetes.model;

import org.jspecify.annotations.NullMarked;
