// Preserves the view in the address across the login: a redirect inherits the fragment of the form's address.
document.forms[0].action = '/login' + location.hash;
