/**
 * From an AdmissionReview to an answer. {@code http} takes the body in, {@link dev.flowguard.admission.ReviewDesk} gives it a place
 * and a deadline, {@link dev.flowguard.admission.PolicyReviews} and {@link dev.flowguard.admission.DeclarationReviews} map, decide
 * and render. What is decided about policies is in {@code decision}, what is thought of contracts and annotated objects in
 * {@code declaration}, and {@code rehearsal} asks before others do. Around them stand the guards that keep the promise that every
 * review gets an answer in time.
 */
@NullMarked
package dev.flowguard.admission;

import org.jspecify.annotations.NullMarked;
