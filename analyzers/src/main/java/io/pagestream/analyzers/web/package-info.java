/**
 * The {@code web} and {@code headers} analyzers: requests, cookies, user agents and log lines of
 * HTTP, header fields of mail, onion addresses.
 */
@NullMarked
package io.pagestream.analyzers.web;

import org.jspecify.annotations.NullMarked;
