/**
 * The {@code money} analyzer: bank accounts and addresses of cryptocurrencies, each with its check
 * digits or checksum.
 */
@NullMarked
package io.pagestream.analyzers.money;

import org.jspecify.annotations.NullMarked;
