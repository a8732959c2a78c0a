"""Invented names and places. Nobody here is anybody."""

from __future__ import annotations

_WOMEN = """
Aaliyah Abigail Adaeze Agnieszka Aisha Alexandra Alice Amara Amelia Amina Angela Anita Anjali Annabel Beatriz Bethany Beverley
Bronwen Carol Charlotte Chloe Claire Danielle Deborah Diana Dorota Elena Eleri Elif Elizabeth Emily Emma Esther Farah Fatima Fiona
Freya Gemma Georgia Grace Hannah Heather Helen Holly Ifeoma Ioana Isla Jade Jasmine Jennifer Jessica Joanne Julie Karen Kasia
Keeley Kelly Khadija Kirsty Laila Laura Leanne Lily Louise Lucy Magda Maria Marta Megan Mei-Ling Michelle Mina Naomi Natalie Niamh
Nicola Nina Olivia Oluwaseun Paige Parveen Patricia Priya Rachel Rebecca Rhian Ruth Sadia Samantha Sarah Shanice Shazia Siân
Siobhán Sophie Stacey Susan Tamsin Tanya Theresa Tracey Valentina Victoria Wendy Yasmin Yetunde Zara Zoë Zuzanna
"""
_MEN = """
Aaron Abdul Adam Adeel Adrian Ahmed Alan Aled Alexander Alfie Amir Andrei Andrew Anthony Arjun Barry Ben Blessing Bogdan Bradley
Brian Callum Cameron Carl Charlie Chidi Christopher Colin Connor Craig Dafydd Damian Daniel Darren David Dean Declan Dominic Dylan
Edward Emeka Emmanuel Ethan Farhan Femi Florin Francis Gareth Gary George Graham Hamza Harry Hassan Ian Ibrahim Ivan Jack Jacob
Jake James Jamie Jason Jermaine Jordan Joseph Joshua Kai Karl Kevin Kieran Kwame Kyle Lee Leon Lewis Liam Luke Marcin Marcus Mark
Martin Mateusz Matthew Michael Mihai Mohammed Nathan Neil Nicholas Oliver Omar Osman Owen Patrick Paul Peter Philip Piotr Rafal
Raj Ravi Reece Rhys Richard Robert Ross Ryan Samuel Scott Sean Sergei Shane Simon Stephen Stuart Terence Thomas Tomasz Tyler Usman
Wayne William Yusuf Zain
"""
_SURNAMES = """
Abbott Achebe Adams Adeyemi Ahmed Akhtar Ali Allen Anderson Andrews Archer Armstrong Ashworth Atkinson Bailey Baker Balogun Barker
Barnes Barrett Begum Bell Bennett Bishop Black Blake Booth Bradshaw Brennan Brightwell Brooks Brown Bryant Burgess Burns Burton
Butler Campbell Carr Carter Chandrasekar Chapman Chaudhry Clark Clarke Cole Coleman Collins Conway Cook Cooper Cox Crawford
Cunningham Czarnecki Dalton Davidson Davies Dawson Demir Dixon Dobre Donnelly Doyle Duncan Dunn Edwards Elliott Ellis Evans Eze
Farrell Ferreira Fisher Fleming Fletcher Flynn Ford Foster Fox Francis Fraser Gallagher Gardner Gibson Gill Gordon Graham Grant
Gray Green Griffiths Gunn Hale Hall Hamilton Harding Hargreaves Harper Harris Harrison Hart Harvey Hayes Henderson Hewitt Hill
Holmes Hopkins Howard Hudson Hughes Hunt Hunter Hussain Ibrahim Ionescu Iqbal Jackson James Jenkins Johnson Jones Jordan Kaczmarek
Kaur Kelly Kennedy Khan King Knight Kowalski Lambert Lane Lawson Lee Lewis Lindholm Lloyd Macdonald Mackenzie Mahmood Malik Marsh
Marshall Martin Mason Matthews McCarthy McDonald McGrath Mensah Miah Miller Mills Mitchell Moore Morgan Morris Murphy Murray
Mwangi Nash Nguyen Nolan Nowak Nwosu O’Brien O’Connor O’Donovan O’Neill Obi Okafor Okonkwo Osei Oyelaran Palmer Parker Parry Patel
Payne Pearce Perry Phillips Popescu Porter Powell Price Pritchard Quinn Rahman Raman Reid Reynolds Richards Richardson Riley
Roberts Robinson Rogers Rose Ross Russell Ryan Saunders Scott Sefton Sharma Shaw Sheikh Simpson Singh Smith Spencer Stevens
Stewart Stone Sullivan Taylor Thomas Thompson Tideswell Tucker Turner Uddin Walker Wallace Walsh Ward Warren Watson Webb Wells
West White Whittaker Williams Wilson Wójcik Wood Wright Yilmaz Young Zielińska
"""
_STREETS = """
Ashcombe Terrace; Foundry Lane; Dock Road; Quarry Road; Castle Street; Mill Bank; Orchard Close; Station Road; Victoria Avenue;
Canal Walk; Priory Gardens; Harbour View; Tannery Row; Beacon Hill; Lime Grove; Weavers Court; Chapel Street; Kiln Lane; Saltmarsh
Drive; Copper Street
"""
WOMEN, MEN, SURNAMES = _WOMEN.split(), _MEN.split(), _SURNAMES.split()
STREETS = [" ".join(street.split()) for street in _STREETS.split(";")]
AREAS = (("NOR", "Northmere", "NM1"), ("EAS", "Eastbridge", "NM7"), ("WHI", "Whitcombe Vale", "NM12"))
MAGISTRATES = "Northmere Magistrates’ Court"
CROWN = "Northmere Crown Court"
FAMILY = "Northmere Family Court"
HIGH = "High Court"
PRISONS = ("HMP Saltmarsh", "HMP Northmere", "HMP Beacon Hill")
