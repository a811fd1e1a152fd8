/** What every service process needs: environment, secrets, health, HTTP, metrics, shutdown. Nothing of the domain. */
@NullMarked
package dev.forebear.runtime;

import org.jspecify.annotations.NullMarked;
