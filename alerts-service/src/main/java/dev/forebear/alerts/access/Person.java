package dev.forebear.alerts.access;

import java.util.Set;

/**
 * Somebody whom the provider vouches for.
 *
 * @param name as the audit trail calls them
 * @param groups that the provider says they are in
 * @param idToken what it signed, to sign them out with
 */
record Person(String name, Set<String> groups, String idToken) {

    Person {
        groups = Set.copyOf(groups);
    }
}
