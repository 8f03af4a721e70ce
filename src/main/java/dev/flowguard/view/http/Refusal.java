package dev.flowguard.view.http;

/** Why a request is not answered. */
record Refusal(int status, String message) {
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TOO_LARGE = 413;
    static final int WRONG_TYPE = 415;
    static final int FAILED = 500;
}
