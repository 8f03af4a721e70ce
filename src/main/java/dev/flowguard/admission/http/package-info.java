/**
 * The routes of the webhook, and what a body must be before anybody looks into it: announced, small enough that those in flight fit
 * into memory, and a JSON AdmissionReview. Everything else is an HTTP error that says what was wrong.
 */
@NullMarked
package dev.flowguard.admission.http;

import org.jspecify.annotations.NullMarked;
