package dev.forebear.alerts.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** What a mail server's answer means: 4xx may pass, 5xx will not (RFC 5321, 4.2.1). */
final class SmtpFailure {

    private static final int MAX_MESSAGE_LENGTH = 120;

    private SmtpFailure() {}

    static Answer answer(MessagingException failure) {
        List<Integer> codes = codes(failure);
        Integer status = codes.isEmpty() ? null : codes.getFirst();
        String detail = codes.isEmpty()
                ? words(failure)
                : "SMTP " + codes.stream().distinct().map(String::valueOf).collect(Collectors.joining(", "));
        if (failure instanceof SendFailedException sent && length(sent.getValidSentAddresses()) > 0) {
            return new Answer.Accepted(status, detail + " for some recipients", null);
        }
        boolean isFinal = !codes.isEmpty() && codes.stream().allMatch(code -> code / 100 == 5);
        return isFinal ? new Answer.Refused(status, detail) : new Answer.Postponed(status, detail, null);
    }

    /**
     * What the answers to several mails that are one message mean: it is tried again while any has to wait, and given
     * up only when all were refused.
     */
    static Answer together(List<Answer> answers, String reference) {
        for (Answer answer : answers) {
            if (answer instanceof Answer.Postponed) {
                return answer;
            }
        }
        List<Answer> refused = answers.stream()
                .filter(answer -> answer instanceof Answer.Refused)
                .toList();
        if (!refused.isEmpty() && refused.size() == answers.size()) {
            return refused.getFirst();
        }
        Answer first = refused.isEmpty() ? answers.getFirst() : refused.getFirst();
        String detail = refused.isEmpty()
                ? first.detail()
                : first.detail() + " for " + refused.size() + " of " + answers.size() + " recipients";
        return new Answer.Accepted(first.status(), detail, reference);
    }

    private static String words(MessagingException failure) {
        return switch (failure) {
            case MailConnectException e -> "no connection to the mail server";
            case AuthenticationFailedException e -> "the mail server did not accept the credentials";
            default -> {
                String message = String.valueOf(failure.getMessage()).replaceAll("[^ -~]+", " ");
                yield message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH));
            }
        };
    }

    private static List<Integer> codes(MessagingException failure) {
        List<Integer> codes = new ArrayList<>();
        for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
            int code = code(next);
            if (code > 0) {
                codes.add(code);
            }
        }
        return codes;
    }

    private static int code(MessagingException failure) {
        return switch (failure) {
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            case SMTPSendFailedException e -> e.getReturnCode();
            default -> 0;
        };
    }

    private static int length(Object @Nullable [] array) {
        return array == null ? 0 : array.length;
    }
}
