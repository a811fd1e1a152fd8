package dev.forebear.signals.evidence;

/**
 * One statistic held against its null.
 *
 * @param signal name of the signal, kebab-case
 * @param statistic what the value is
 * @param value in its own unit
 * @param nullMean its mean for independently trained models
 * @param nullDeviation its standard deviation for independently trained models
 * @param log10PValue log10 of the chance of such a value for independently trained models, at least -300
 * @param log10ExactBound log10 of a bound on that chance that needs no distribution; 0 when there is none
 * @param assumption what the chance rests on
 */
public record Evidence(
        String signal,
        String statistic,
        double value,
        double nullMean,
        double nullDeviation,
        double log10PValue,
        double log10ExactBound,
        String assumption) {}
