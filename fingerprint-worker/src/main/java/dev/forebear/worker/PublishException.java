package dev.forebear.worker;

/** The broker or the schema registry did not take a record; trying again may help. */
final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
