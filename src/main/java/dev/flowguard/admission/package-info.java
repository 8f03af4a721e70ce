/**
 * From an AdmissionReview to an answer. {@link dev.flowguard.admission.DecisionProcess} is the order of decision, a function of
 * the review, the cluster's state and the settings; a {@link dev.flowguard.admission.Decision} is a value, and
 * {@link dev.flowguard.admission.Wording} is the one place where it becomes sentences. Contracts and annotated objects are
 * admitted whatever {@link dev.flowguard.admission.DeclarationCheck} thinks of them. Around both stand the HTTP resources and the
 * guards that keep the promise that every review gets an answer in time.
 */
@NullMarked
package dev.flowguard.admission;

import org.jspecify.annotations.NullMarked;
