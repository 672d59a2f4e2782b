# What ruby-saml does with the documents of the comparison: JSON in, one JSON object of facts out.
require "json"
require "onelogin/ruby-saml"

def write(acs)
  settings = OneLogin::RubySaml::Settings.new
  settings.sp_entity_id = "https://sp.example.com"
  settings.assertion_consumer_service_url = acs
  settings.single_logout_service_url = "#{acs}/slo"
  settings.name_identifier_format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
  OneLogin::RubySaml::Metadata.new.generate(settings)
end

def read(document)
  OneLogin::RubySaml::IdpMetadataParser.new.parse_to_array(document)
rescue ArgumentError
  []
end

given = JSON.parse($stdin.read)
written = write(given["acs"])
places = %w[SingleLogoutService NameIDFormat AssertionConsumerService].map { |name| written.index(name) }
puts JSON.generate(
  order: places == places.sort,
  hostile: write(given["hostile"]).include?(given["hostile"]),
  signing: read(given["document"]).first[:idp_cert_multi][:signing].size,
  foreign: read(given["foreign"]).size,
  aggregate: read(given["aggregate"]).map { |entity| entity[:idp_entity_id] }.sort
)
