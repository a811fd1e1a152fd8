package dev.forebear.alerts.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** What a mail server's answer means: 4xx may pass, 5xx will not (RFC 5321, 4.2.1). */
final class SmtpFailure {

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

    /** Addresses, in lower case, that need no other attempt: they have the mail, or never will. */
    static Set<String> settled(MessagingException failure) {
        Set<String> settled = new HashSet<>();
        if (failure instanceof SendFailedException sent && sent.getValidSentAddresses() != null) {
            Stream.of(sent.getValidSentAddresses()).forEach(address -> settled.add(plain(address)));
        }
        for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
            if (next instanceof SMTPAddressFailedException refused && refused.getReturnCode() / 100 == 5) {
                settled.add(plain(refused.getAddress()));
            }
        }
        return settled;
    }

    private static String plain(Address address) {
        String text = address instanceof InternetAddress internet ? internet.getAddress() : address.toString();
        return text.toLowerCase(Locale.ROOT);
    }

    private static String words(MessagingException failure) {
        return switch (failure) {
            case MailConnectException e -> "no connection to the mail server";
            case AuthenticationFailedException e -> "the mail server did not accept the credentials";
            default -> Detail.of(String.valueOf(failure.getMessage()));
        };
    }

    private static List<Integer> codes(MessagingException failure) {
        List<Integer> codes = new ArrayList<>();
        for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
            int code = code(next);
            if (code >= 400) {
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
