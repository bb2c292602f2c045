/**
 * The seal of a case: {@code manifest.json} holds size, SHA-256 and counts of every file of the
 * case, {@code manifest.json.sha256} the hash of the manifest. Files of a case are opened here;
 * links are never followed.
 */
@NullMarked
package io.pagestream.cases.seal;

import org.jspecify.annotations.NullMarked;
