package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import java.time.Instant;

/**
 * Somebody signed in with a browser.
 *
 * @param id of this session
 * @param name as the audit trail calls them
 * @param endsAt whatever they do in it
 */
record Session(String id, String name, Role role, Instant endsAt) {}
