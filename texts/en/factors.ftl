# The second step of a person (ui/src/areas/factors).
factors-title = Two-step sign-in
factors-text = After the password Sarafan asks for something that only you have at hand. Whoever finds out the password does not get in with it alone.
factors-on = The second step is on
factors-on-text = Signing in with the password asks for it, on every device.
factors-off = The second step is off
factors-off-text = At present the password alone is enough.
factors-app = Application with codes
factors-app-text = An authenticator on your phone or a password manager shows six digits that change every half minute.
factors-app-add = Add an application
factors-app-added = The application is added
factors-app-since = Added on { $date }
factors-app-remove = Remove
factors-app-remove-title = Remove the application?
factors-app-remove-text = Its codes are not asked for any more. Without another second step the recovery codes go as well.
factors-app-removed = The application is removed
factors-key = Passkeys
factors-key-text = A passkey of your phone, computer or security key opens the door alone, without a password, and counts as the second step.
factors-key-add = Add a passkey
factors-key-add-text = First a name and your password; then the device asks for your fingerprint, your face or your PIN.
factors-key-added = The passkey is added
factors-key-name = Name of the passkey
factors-key-name-example = Phone
factors-key-since = added on { $date }
factors-key-used = last used
factors-key-unused = never used
factors-key-rename = Rename
factors-key-rename-named = Rename: { $name }
factors-key-remove-named = Remove: { $name }
factors-key-remove-title = Remove “{ $name }”?
factors-key-remove-text = It opens nothing here any more. On the device it stays until you delete it there.
factors-key-removed = The passkey is removed
factors-key-address = Passkeys need https and an address with a name. Whoever runs this installation can set it up.
factors-key-browser = This browser has no passkeys.
factors-codes = Recovery codes
factors-codes-text = For the day on which the phone is lost. Each opens the door once, instead of a code of the application.
factors-codes-left = { $count ->
    [0] No codes are left
    [one] { $count } code is left
   *[other] { $count } codes are left
}
factors-codes-new = Make new codes
factors-codes-new-title = Make new recovery codes?
factors-codes-new-text = The earlier ones stop working at once.
factors-codes-shown = Your recovery codes
factors-codes-shown-text = Keep them apart from the phone: on paper or in a password manager. They are shown only now.
factors-codes-copy = Copy all
factors-codes-kept = They are kept
factors-password = Password
factors-password-text = First your password, to be sure that it is you.
factors-next = Next
factors-scan = Scan this picture
factors-scan-text = Open the application, scan the picture, and type the code that it shows.
factors-qr = QR code for the application
factors-secret = If it cannot be scanned, type this key
factors-open-here = Open in an application on this device
factors-code = Code of the application
factors-confirm = Turn on
